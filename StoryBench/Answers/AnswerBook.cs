using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orleans.Story.StoryBench.Answers;

/// <summary>
/// Recorded answers, one JSON object a line, in the order they were given. It holds what models said and what they were asked
/// only as a hash: no prompt, no address, no key. Where one question was asked several times, its answers are played in that order.
/// </summary>
public sealed class AnswerBook
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock door = new();
    private readonly List<Answer> all = [];
    private readonly Dictionary<string, Queue<Answer>> unplayed = new(StringComparer.Ordinal);
    private int missing;

    /// <summary>An empty one.</summary>
    public AnswerBook()
    {
    }

    /// <summary>One with these answers.</summary>
    public AnswerBook(IEnumerable<Answer> answers)
    {
        foreach (var answer in answers) Add(answer);
    }

    /// <summary>Questions that were asked and not in it.</summary>
    public int Missing => missing;

    /// <summary>Every answer.</summary>
    public IReadOnlyList<Answer> All
    {
        get
        {
            lock (door) return [.. all];
        }
    }

    /// <summary>Adds an answer.</summary>
    public void Add(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (door)
        {
            all.Add(answer);
            if (!unplayed.TryGetValue(answer.Key, out var same)) unplayed.Add(answer.Key, same = new Queue<Answer>());
            same.Enqueue(answer);
        }
    }

    /// <summary>The next answer to a question, or <see langword="null"/> where there is none left.</summary>
    public Answer? Play(string key)
    {
        lock (door)
        {
            if (unplayed.TryGetValue(key, out var same) && same.TryDequeue(out var answer)) return answer;
            missing++;
            return null;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; empty lines are skipped.</summary>
    /// <exception cref="InvalidDataException">A line is no answer; the message says which.</exception>
    public static AnswerBook Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new AnswerBook(lines.Select((line, i) => (line, i)).Where(one => one.line.Length > 0).Select(one => Parse(one.line, one.i + 1)));
    }

    /// <summary>A line for each answer.</summary>
    public IEnumerable<string> Write() => All.Select(answer => JsonSerializer.Serialize(answer, Json));

    private static Answer Parse(string line, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<Answer>(line, Json) is { Key.Length: > 0, Words: not null } answer) return answer;
        }
        catch (JsonException)
        {
            // Said below, with the line's number.
        }

        throw new InvalidDataException($"Line {number} is no recorded answer.");
    }
}

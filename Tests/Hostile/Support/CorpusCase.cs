using System.Text.Json;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>One line of the corpus; Corpus/README.md says what it may hold.</summary>
internal sealed record CorpusCase
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public required string Name { get; init; }

    public required string Why { get; init; }

    public string Hub { get; init; } = "audience";

    /// <summary>A hub method; its arguments are <see cref="Arguments"/> as written, or the text <see cref="Args"/> where JSON would not take them.</summary>
    public string? Call { get; init; }

    public JsonElement? Arguments { get; init; }

    public string? Args { get; init; }

    /// <summary>The invocation id of <see cref="Call"/>, as JSON; none when empty.</summary>
    public string Id { get; init; } = "\"1\"";

    /// <summary>WebSocket messages as they are.</summary>
    public IReadOnlyList<string>? Frames { get; init; }

    /// <summary>One WebSocket message in pieces.</summary>
    public IReadOnlyList<string>? Pieces { get; init; }

    /// <summary>One binary WebSocket message, in hexadecimal digits.</summary>
    public string? Binary { get; init; }

    /// <summary>Whether the case begins before the handshake.</summary>
    public bool Unshaken { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    public IReadOnlyList<string>? Headers { get; init; }

    public string? Body { get; init; }

    /// <summary>A whole request, byte for byte.</summary>
    public string? Raw { get; init; }

    public required Expectation Expect { get; init; }

    public static IReadOnlyList<CorpusCase> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0).Select((line, i) => Parse(file, i, line))];

    public static string Folder => System.IO.Path.Combine(AppContext.BaseDirectory, "Corpus");

    private static CorpusCase Parse(string file, int index, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CorpusCase>(line, Reading)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{System.IO.Path.GetFileName(file)}, line {index + 1}: {e.Message}", e);
        }
    }
}

/// <summary>What must come of a case, exactly; one of the first eight.</summary>
internal sealed record Expectation
{
    /// <summary>The call fails with this code.</summary>
    public string? Error { get; init; }

    /// <summary>The call is answered with a refusal of this code.</summary>
    public string? Refusal { get; init; }

    /// <summary>The call is answered with a receipt of this status.</summary>
    public string? Receipt { get; init; }

    /// <summary>The call is answered, with these members among others.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Nothing is answered and the connection lives.</summary>
    public bool Silent { get; init; }

    /// <summary>The connection is closed: <c>unparsable</c> and counted so, or <c>quietly</c>.</summary>
    public string? Closed { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The connection is closed without a byte.</summary>
    public bool Dropped { get; init; }

    /// <summary>Of a receipt that counts: the canonical choice, so that it is expected in the book.</summary>
    public string? Choice { get; init; }

    /// <summary>Of a receipt: its number.</summary>
    public int N { get; init; } = 1;

    /// <summary>Of a status: the code of the refusal in the body; without it the body may be what it likes.</summary>
    public string? Code { get; init; }

    /// <summary>Of a status: seats taken by it.</summary>
    public int Seats { get; init; }

    /// <summary>How many calls are answered so, where several were made.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What the handshake is answered, where it is refused.</summary>
    public string? Said { get; init; }
}

using System.Collections.Immutable;
using System.Text;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Scoring;

/// <summary>What can be counted in the words of a beat that has to do with tension.</summary>
/// <param name="Tense">Tense words by all tokens.</param>
/// <param name="Calm">Calm words by all tokens.</param>
/// <param name="Exclamations">Exclamation marks by sentences.</param>
/// <param name="Questions">Question marks by sentences.</param>
/// <param name="Breaks">Ellipses and dashes by sentences.</param>
/// <param name="SentenceLength">Mean tokens of a sentence, as a logarithm.</param>
/// <param name="ShortestThird">Mean tokens of the shortest third of the sentences, as a logarithm: bursts.</param>
/// <param name="LineLength">Mean tokens of a line, as a logarithm.</param>
/// <param name="Talk">Share of the lines that somebody speaks.</param>
/// <param name="Turns">Share of the lines in which another voice speaks than in the one before.</param>
public readonly record struct TensionFeatures(
    double Tense,
    double Calm,
    double Exclamations,
    double Questions,
    double Breaks,
    double SentenceLength,
    double ShortestThird,
    double LineLength,
    double Talk,
    double Turns)
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>All in order.</summary>
    public double[] Values => [Tense, Calm, Exclamations, Questions, Breaks, SentenceLength, ShortestThird, LineLength, Talk, Turns];

    /// <summary>Of the lines of a beat in one language.</summary>
    public static TensionFeatures Of(IReadOnlyList<Line> lines, string language)
    {
        var (tense, calm, tokens) = (0, 0, 0);
        var (exclamations, questions, breaks) = (0, 0, 0);
        var (talk, turns) = (0, 0);
        var sentences = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var words = lines[i].Words.In(language);
            var count = Tokens.Of(words).Length;
            tokens += count;
            (tense, calm) = (tense + CountOf(TensionWords.Tense(language), words, language), calm + CountOf(TensionWords.Calm(language), words, language));
            exclamations += words.Count(c => c is '!' or '！');
            questions += words.Count(c => c is '?' or '？');
            breaks += BreaksIn(words);
            sentences.AddRange(words.Split(SentenceEnds).Select(part => Tokens.Of(part).Length).Where(length => length > 0));
            if (lines[i].Speaker is not null) talk++;
            if (i > 0 && !string.Equals(lines[i].Speaker, lines[i - 1].Speaker, StringComparison.Ordinal)) turns++;
        }

        if (tokens == 0 || sentences.Count == 0) return default;
        sentences.Sort();
        double all = sentences.Count;
        return new TensionFeatures(
            (double)tense / tokens, (double)calm / tokens, exclamations / all, questions / all, breaks / all,
            Math.Log(sentences.Average()), Math.Log(sentences.Take(Math.Max(1, sentences.Count / 3)).Average()),
            Math.Log((double)tokens / lines.Count), (double)talk / lines.Count, (double)turns / Math.Max(1, lines.Count - 1));
    }

    private static readonly char[] SentenceEnds = ['.', '!', '?', '。', '！', '？', '…', ';', '；'];

    private static int BreaksIn(string words)
    {
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            if (c is '…' or '—' or '–' && (i == 0 || words[i - 1] != c)) count++;
            if (c == '.' && i + 2 < words.Length && words[i + 1] == '.' && words[i + 2] == '.' && (i == 0 || words[i - 1] != '.')) count++;
        }

        return count;
    }

    private static int CountOf(TensionWords words, string text, string language) =>
        FilmLimits.IsIdeographic(language) ? words.CountIn(text) : Tokens.Of(text).Count(token => words.Has(token));
}

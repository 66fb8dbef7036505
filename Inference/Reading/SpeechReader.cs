using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Reading;

/// <summary>Reads an answer that is a few sentences: without a thought before it, on one line, without quotation marks around it.</summary>
public static class SpeechReader
{
    /// <summary>The sentences, or <see langword="null"/> when there are none.</summary>
    public static string? Read(string said)
    {
        var lines = ProseReader.WithoutThoughts(said).Split('\n').Select(line => VisibleWords.Of(line).Trim()).Where(line => line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal));
        var words = ProseReader.Unquoted(string.Join(' ', lines));
        return words.Length > 0 ? words : null;
    }
}

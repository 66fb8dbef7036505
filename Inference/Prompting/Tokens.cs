using System.Text;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// How many tokens a text is at most, without the model's own tokenizer: every server has another. Byte-pair vocabularies
/// take 3.5–4.5 letters of English a token and 0.6–1.1 tokens a Chinese character (measured by their authors for Llama 3
/// and Qwen 2.5); this counts at the expensive end, so that what it lets pass fits.
/// </summary>
public static class Tokens
{
    private const double PerIdeograph = 1.1;
    private const double PerLetter = 0.3;

    /// <summary>What a chat template adds around a message.</summary>
    public const int PerMessage = 12;

    /// <summary>Ideographs, kana and hangul lie from U+2E80 on.</summary>
    private const int FirstIdeograph = 0x2E80;

    /// <summary>The estimate, rounded up.</summary>
    public static int Of(string text)
    {
        var tokens = 0.0;
        foreach (var letter in text.EnumerateRunes()) tokens += letter.Value >= FirstIdeograph ? PerIdeograph : PerLetter;
        return (int)Math.Ceiling(tokens);
    }
}

using System.Globalization;
using System.Text;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>Words that a person typed and others will read, in a console, a log, a recording.</summary>
internal static class PlainWords
{
    /// <summary>
    /// Whether the text holds only what shows: no control characters, line ends or escapes, nothing invisible (zero-width,
    /// tags), nothing that turns the direction of what follows, no half characters.
    /// </summary>
    public static bool Are(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var letter, out var used) != System.Buffers.OperationStatus.Done) return false;
            if (Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}

using System.Globalization;
using System.Text;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// A table as CSV (RFC 4180): CRLF, quotes where they are needed. It begins with the mark of UTF-8, without which Excel
/// takes Chinese for something else. Words that a spreadsheet would take for a formula get an apostrophe in front (OWASP,
/// "CSV Injection"): some of them are what people typed. Numbers are numbers, negative ones too.
/// </summary>
public sealed class Csv
{
    private readonly StringBuilder text = new("\uFEFF");

    /// <summary>A table with these headings.</summary>
    public Csv(params IEnumerable<string> headings) => Row([.. headings]);

    /// <summary>Adds a row. A cell is words, a number, or <see langword="null"/> for an empty one.</summary>
    public Csv Row(params IReadOnlyList<object?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(Cell(cells[i]));
        }

        text.Append("\r\n");
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Bytes() => Encoding.UTF8.GetBytes(text.ToString());

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string words => Quoted(Harmless(words)),
        bool yes => yes ? "1" : "0",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{cell.GetType().Name} is no cell.", nameof(cell)),
    };

    /// <summary>A tab or a line break in front does not keep a spreadsheet from seeing the formula behind it.</summary>
    private static string Harmless(string words) => words.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] ? "'" + words : words;

    private static string Quoted(string words) =>
        words.AsSpan().IndexOfAny(",\"\r\n") < 0 ? words : $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

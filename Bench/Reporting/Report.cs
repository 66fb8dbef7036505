using System.Text;

namespace Orleans.Story.Bench.Reporting;

/// <summary>What a bench found: lines and tables for the console, and as one section of a Markdown page.</summary>
internal sealed class Report(string section)
{
    private readonly StringBuilder _markdown = new();

    /// <summary>Adds a paragraph.</summary>
    public void Say(string paragraph)
    {
        Console.WriteLine();
        Console.WriteLine(paragraph);
        _markdown.Append(paragraph).Append("\n\n");
    }

    /// <summary>Adds a table; the first row is its head, the first column its names.</summary>
    public void Table(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        Console.WriteLine();
        foreach (var row in rows) Console.WriteLine("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        for (var i = 0; i < rows.Count; i++)
        {
            _markdown.Append("| ").AppendJoin(" | ", rows[i]).Append(" |\n");
            if (i == 0) _markdown.Append("|---|").Append(string.Concat(Enumerable.Repeat("---:|", rows[0].Length - 1))).Append('\n');
        }

        _markdown.Append('\n');
    }

    /// <summary>
    /// Puts the report between <c>&lt;!-- section --&gt;</c> and <c>&lt;!-- /section --&gt;</c> of a page that has them.
    /// </summary>
    /// <exception cref="IOException">The page has no such place.</exception>
    public void WriteTo(FileInfo page)
    {
        var text = File.ReadAllText(page.FullName);
        var (begin, end) = ($"<!-- {section} -->", $"<!-- /{section} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new IOException($"{page} has no place for {section}: it needs the lines {begin} and {end}.");
        File.WriteAllText(page.FullName, $"{text[..(from + begin.Length)]}\n{_markdown.ToString().TrimEnd()}\n{text[to..]}");
    }
}

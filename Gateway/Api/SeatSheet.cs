using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Text = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Api;

/// <summary>
/// A page of seat cards to print on A4 and cut: three across, eight down, 63 × 34 mm each, black on white. It is built as a
/// tree of elements and texts, so that nothing a film is called can become markup.
/// </summary>
internal static class SeatSheet
{
    /// <summary>Cards on a page.</summary>
    public const int Cards = Across * Down;

    private const int Across = 3;
    private const int Down = 8;
    private const double PageWidth = 210;
    private const double PageHeight = 297;
    private const double Width = 63;
    private const double Height = 34;
    private const double Left = (PageWidth - (Across * Width)) / 2;
    private const double Top = 11;

    /// <summary>The white around a card's content; a printer that is off by less cuts nothing away.</summary>
    private const double Margin = 4;

    /// <summary>Width of the code, mm: one of the 33 modules that a hall's address takes is 0.7 mm wide.</summary>
    private const double Qr = 23;

    /// <summary>The white that a camera needs around it, mm: four modules.</summary>
    private const double Quiet = 2.9;

    private const string Sans = "'Helvetica Neue', Helvetica, Arial, 'Noto Sans', 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";
    private const string Mono = "'DejaVu Sans Mono', Menlo, Consolas, 'Courier New', monospace";
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>The page.</summary>
    /// <param name="title">The film's title; English and Chinese are printed, or the original where one is missing.</param>
    /// <param name="cards">At most <see cref="Cards"/>, by seat.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pages">How many there are.</param>
    /// <param name="begins">When the show is to begin, or <see langword="null"/>.</param>
    public static string Svg(Text title, ImmutableArray<SeatCard> cards, int page, int pages, DateTimeOffset? begins = null)
    {
        // Day, month by its name, time: read the same by everyone.
        var when = begins?.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
        var (english, chinese) = (Clean(title.In("en")), Clean(title.In("zh")));
        var svg = new XElement(
            Space + "svg",
            new XAttribute("width", "210mm"),
            new XAttribute("height", "297mm"),
            new XAttribute("viewBox", "0 0 210 297"),
            new XAttribute("font-family", Sans),
            new XElement(Space + "title", $"{english} · {page}/{pages}"),
            new XElement(Space + "rect", At("width", PageWidth), At("height", PageHeight), new XAttribute("fill", "#fff")),
            cards.Select((card, index) => Card(card, index, english, chinese, when)),
            CutMarks(),
            Foot(when is null ? Short(english, 24) : $"{Short(english, 24)}, {when}", cards, page, pages));
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Card(SeatCard card, int index, string english, string chinese, string? when)
    {
        var (x, y) = (Left + (index % Across * Width), Top + (index / Across * Height));
        const double Column = Width - Qr - (2 * Margin) - Quiet;
        // For whoever cannot scan: where to type the code.
        var address = new Uri(card.Url).Authority;
        var number = card.Seat.ToString(CultureInfo.InvariantCulture);
        return new XElement(
            Space + "g",
            new XAttribute("transform", Inv($"translate({x} {y})")),
            Line(english, Margin, 7, Fit(english, 3.4, Column), bold: true),
            string.Equals(english, chinese, StringComparison.Ordinal) ? null : Line(chinese, Margin, 11.2, Fit(chinese, 3, Column)),
            Line("Seat 座位", Margin, 15.6, 2.3),
            when is null ? null : Line(when, Margin + 12.2, 15.6, 2.1),
            Line(number, Margin - 0.3, 24.4, Fit(number, 10, Column), bold: true),
            Line("One seat, one vote", Margin, 28, 2.1),
            Line("一座一票", Margin + 19.3, 28, 2.1),
            Line(address, Margin, 31.2, Fit(address, 2.3, Column)),
            Picture(card.Url, Width - Margin - Qr, 3),
            new XElement(
                Space + "text",
                At("x", Width - Margin - (Qr / 2)),
                At("y", 31.2),
                At("font-size", 2.4),
                new XAttribute("text-anchor", "middle"),
                new XAttribute("font-family", Mono),
                new XAttribute("font-weight", "700"),
                card.Code));
    }

    private static XElement Picture(string url, double x, double y)
    {
        var (path, size) = QrCode.Path(url);
        return new XElement(
            Space + "path",
            new XAttribute("transform", Inv($"translate({x} {y}) scale({Qr / size:0.#####})")),
            new XAttribute("shape-rendering", "crispEdges"),
            new XAttribute("d", path));
    }

    /// <summary>A small cross wherever cards meet, and a dash at the page's edge for a guillotine.</summary>
    private static XElement CutMarks()
    {
        const double Arm = 1.6;
        var marks = new StringBuilder();
        for (var row = 0; row <= Down; row++)
        {
            for (var column = 0; column <= Across; column++)
            {
                var (x, y) = (Left + (column * Width), Top + (row * Height));
                marks.Append(Inv($"M{x - Arm} {y}h{2 * Arm}M{x} {y - Arm}v{2 * Arm}"));
            }
        }

        return new XElement(Space + "path", new XAttribute("d", marks.ToString()), new XAttribute("fill", "none"), new XAttribute("stroke", "#000"), At("stroke-width", 0.15));
    }

    private static XElement Foot(string show, ImmutableArray<SeatCard> cards, int page, int pages)
    {
        var seats = cards.IsEmpty ? "" : $"{cards[0].Seat}–{cards[^1].Seat}";
        var words = $"{show} · Seats {seats}, page {page} of {pages} · 座位 {seats}，第 {page} 页，共 {pages} 页 · Each code is good for one phone. 每个代码仅限一部手机。";
        return new XElement(
            Space + "text", At("x", PageWidth / 2), At("y", 291), At("font-size", 2.4), new XAttribute("text-anchor", "middle"), words);
    }

    private static XElement Line(string words, double x, double y, (string Words, double Size) fit, bool bold = false) =>
        Line(fit.Words, x, y, fit.Size, bold);

    private static XElement Line(string words, double x, double y, double size, bool bold = false) => new(
        Space + "text", At("x", x), At("y", y), At("font-size", size), bold ? new XAttribute("font-weight", "700") : null, words);

    /// <summary>Words in a size that fits a column, down to two thirds of what was wanted; what is longer still is cut short.</summary>
    private static (string Words, double Size) Fit(string words, double size, double column)
    {
        var least = size * 2 / 3;
        if (Ems(words) * least > column)
        {
            var kept = words.Length;
            while (kept > 1 && (Ems(words[..kept]) + 1) * least > column) kept--;
            words = Short(words, kept);
        }

        return (words, Math.Round(Math.Min(size, column / Math.Max(Ems(words), 0.1)), 2));
    }

    private static string Short(string words, int length) =>
        words.Length <= length ? words : string.Concat(words.AsSpan(0, char.IsHighSurrogate(words[length - 1]) ? length - 1 : length).TrimEnd(), "…");

    /// <summary>About how wide words are in a bold sans-serif, in ems.</summary>
    private static double Ems(string words) => words.Sum(letter => letter switch
    {
        >= '\u2E80' => 1.0,
        >= 'A' and <= 'Z' => 0.72,
        ' ' => 0.28,
        _ => 0.58,
    });

    /// <summary>Without what XML or a printer cannot take: control characters, halves of pairs, marks that turn the direction.</summary>
    private static string Clean(string words)
    {
        var clean = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned) continue;
            if (rune == Rune.ReplacementChar || (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))) continue;
            clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    private static XAttribute At(string name, double value) => new(name, Inv($"{value:0.###}"));

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}

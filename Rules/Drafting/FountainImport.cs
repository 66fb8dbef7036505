using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// Reads a screenplay in Fountain (<see href="https://fountain.io/syntax"/>, 1.1) as far as a draft needs it, and forgives
/// what people really write: headings <c>INT.</c>/<c>EXT.</c> and 内景/外景/内/外, forced ones, cues in capitals or forced, Chinese cues
/// <c>名字：台词</c>. Sections are acts; synopses and notes are kept as notes; parentheticals, transitions, lyrics' tildes,
/// page breaks, emphasis and boneyards are dropped. It never refuses: what is not recognised is action.
/// </summary>
public static partial class FountainImport
{
    private const int LongestName = 40;

    /// <summary>How many scene headings the text has.</summary>
    public static int Headings(string text) => text.ReplaceLineEndings("\n").Split('\n').Count(row => Heading().IsMatch(row.Trim()));

    /// <summary>Whether words that are seen would be taken for a heading, a transition or a speech, so that a screenplay must force them.</summary>
    internal static bool Mistakes(string words) => Heading().IsMatch(words) || Transition().IsMatch(words) || Inline().IsMatch(words);

    /// <summary>The screenplay.</summary>
    public static Treatment Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var notes = new List<string>();
        // The letter that will hold a note's place is nobody else's.
        text = Boneyard().Replace(text.ReplaceLineEndings("\n").Replace("\uFFFC", "", StringComparison.Ordinal), "");
        text = Note().Replace(text, found =>
        {
            notes.Add(Prose.Clean(found.Groups["words"].Value));
            return $"\uFFFC{notes.Count - 1}\uFFFC";
        });
        var (title, body) = TitlePage(text.Split('\n'));
        var reading = new Reading(notes);
        var rows = body.Select(row => row.Trim()).ToArray();
        for (var i = 0; i < rows.Length; i++) i = reading.Take(rows, i);
        reading.Close();
        return Treatments.Of(title, reading.Beats);
    }

    /// <summary>Keys and values before the first empty line, where the text begins with a key.</summary>
    private static (string? Title, string[] Body) TitlePage(string[] rows)
    {
        if (rows.Length == 0 || !TitleKey().IsMatch(rows[0])) return (null, rows);
        var end = Array.FindIndex(rows, string.IsNullOrWhiteSpace);
        var page = end < 0 ? rows : rows[..end];
        var at = Array.FindIndex(page, row => row.StartsWith("title:", StringComparison.OrdinalIgnoreCase) || row.StartsWith("片名", StringComparison.Ordinal));
        var title = at < 0 ? "" : page[at][(page[at].IndexOfAny([':', '：']) + 1)..].Trim();
        if (title.Length == 0 && at >= 0 && at + 1 < page.Length && page[at + 1].StartsWith(' ')) title = page[at + 1].Trim();
        title = Prose.Clean(Emphasis.Strip(title));
        return (title.Length == 0 ? null : title, end < 0 ? [] : rows[end..]);
    }

    private sealed class Reading(List<string> notes)
    {
        private readonly List<TreatmentLine> lines = [];
        private readonly List<string> kept = [];
        private string? act;
        private string? place;
        private string? moment;

        public List<TreatmentBeat> Beats { get; } = [];

        /// <summary>Takes the row and what belongs to it; answers the index of the last row taken.</summary>
        public int Take(string[] rows, int i)
        {
            var row = WithoutNotes(rows[i]);
            if (row.Length == 0 || PageBreak().IsMatch(row)) return i;
            var afterBlank = i == 0 || rows[i - 1].Length == 0;
            if (row.StartsWith('#')) Section(row);
            else if (row.StartsWith('=')) kept.Add(Prose.Clean(Emphasis.Strip(row.TrimStart('=', ' '))));
            else if (Scene(row) is { } scene) Open(scene);
            else if (row.StartsWith('!')) Say(null, row[1..]);
            else if (row.StartsWith('>') || (afterBlank && Transition().IsMatch(row))) return i;
            else if (row.StartsWith('~')) Say(null, row[1..]);
            else if (row.StartsWith('@') && i + 1 < rows.Length && rows[i + 1].Length > 0) return Dialogue(rows, i, row[1..]);
            else if (afterBlank && i + 1 < rows.Length && rows[i + 1].Length > 0 && IsCue(row)) return Dialogue(rows, i, row);
            else if (Inline().Match(row) is { Success: true } inline) Say(Name(inline.Groups["name"].Value), inline.Groups["words"].Value);
            else Say(null, row);
            return i;
        }

        public void Close()
        {
            if (lines.Count > 0) Beats.Add(new TreatmentBeat(act, place, moment, [.. lines], [.. kept.Where(note => note.Length > 0)]));
            lines.Clear();
            kept.Clear();
        }

        private void Section(string row)
        {
            Close();
            if (row.TrimStart('#').Trim() is { Length: > 0 } name) act = Prose.Clean(Emphasis.Strip(name));
        }

        private void Open((string Place, string? Moment) scene)
        {
            Close();
            (place, moment) = scene;
        }

        private int Dialogue(string[] rows, int i, string cue)
        {
            var speaker = Name(cue);
            var begun = lines.Count;
            for (i++; i < rows.Length && rows[i].Length > 0; i++)
            {
                var row = WithoutNotes(rows[i]);
                if (row.Length == 0 || (row[0] is '(' or '（' && row[^1] is ')' or '）')) continue;
                Say(speaker, row, lines.Count > begun);
            }

            return i - 1;
        }

        private void Say(string? speaker, string words, bool goesOn = false)
        {
            var clean = Prose.Clean(Emphasis.Strip(speaker is null ? words : Aside().Replace(words, "")));
            if (clean.Length == 0) return;
            // Wrapped lines of one speech are one speech.
            if (goesOn && !".!?。！？…”\"".Contains(lines[^1].Words[^1], StringComparison.Ordinal))
                lines[^1] = new TreatmentLine(speaker, lines[^1].Words + (Premise.LanguageOf(clean) == "zh" ? "" : " ") + clean);
            else lines.Add(new TreatmentLine(speaker, clean));
        }

        private string WithoutNotes(string row) => Held().Replace(row, found =>
        {
            kept.Add(notes[int.Parse(found.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)]);
            return "";
        }).Trim();
    }

    /// <summary>The place and the moment of a scene heading.</summary>
    private static (string Place, string? Moment)? Scene(string row)
    {
        var forced = row.Length > 1 && row[0] == '.' && row[1] != '.';
        var found = Heading().Match(row);
        if (!forced && !found.Success) return null;
        var words = SceneNumber().Replace(forced ? row[1..] : row[found.Length..], "");
        words = Prose.Clean(Emphasis.Strip(words)).Trim('.', '。', '：', ':', ' ', '·');
        var cut = Dash().Match(words);
        var (place, moment) = cut.Success ? (words[..cut.Index].Trim(), words[(cut.Index + cut.Length)..].Trim()) : (words, null);
        if (moment is null && words.LastIndexOfAny([' ', '，']) is > 0 and var blank && Times().IsMatch(words[(blank + 1)..])) (place, moment) = (words[..blank].Trim(), words[(blank + 1)..]);
        return place.Length == 0 ? (row.Trim('.', ' '), null) : (place, moment is { Length: > 0 } ? moment : null);
    }

    private static bool IsCue(string row)
    {
        var name = Parenthetical().Replace(row, "").TrimEnd('^', ' ');
        return name.Length is > 0 and <= LongestName && name.Any(char.IsAsciiLetterUpper) && !name.Any(char.IsLower) && !".!?:".Contains(name[^1], StringComparison.Ordinal);
    }

    /// <summary>Without extensions such as (V.O.), and not in capitals.</summary>
    private static string Name(string cue)
    {
        var name = Prose.Clean(Emphasis.Strip(Parenthetical().Replace(cue, "").TrimEnd('^', ' ', ':', '：')));
        if (name.Any(char.IsLower)) return name;
        return string.Join(' ', name.Split(' ').Select(word => word.Length > 1 ? word[0] + word[1..].ToLowerInvariant() : word));
    }

    [GeneratedRegex(@"^(?:(?:INT|EXT|EST)\.?\s*/\s*(?:INT|EXT)|I/E|INT|EXT|EST)[.\s]+\s*|^(?:\d{1,3}\s*[.、．]?\s*)?(?:内景|外景|内外景|内/外|内／外|日内|日外|夜内|夜外|内|外)(?:[.。．：:·、]\s*|\s+)|^(?:内景|外景)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Boneyard();

    [GeneratedRegex(@"(?<!\\)\[\[(?<words>.*?)\]\]", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Note();

    [GeneratedRegex("\uFFFC(?<n>\\d+)\uFFFC", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Held();

    [GeneratedRegex(@"^(title|credit|authors?|source|draft date|date|contact|copyright|notes|revision|片名|编剧)\s*[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TitleKey();

    [GeneratedRegex(@"^={3,}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PageBreak();

    [GeneratedRegex(@"^([^a-z]{1,40}TO:|淡[入出]。?|切[至到].{0,10}|叠[化画]。?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Transition();

    [GeneratedRegex(@"\([^()]{0,120}\)|（[^（）]{0,120}）", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parenthetical();

    /// <summary>How something is said, before the words; in the midst of them, brackets are words.</summary>
    [GeneratedRegex(@"^(\s*(\([^()]{0,120}\)|（[^（）]{0,120}）))+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Aside();

    [GeneratedRegex(@"\s*#[^#]{1,20}#\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SceneNumber();

    [GeneratedRegex(@"\s+[-–—]+\s+|\s*[—–]{1,2}\s*|\s*[·，]\s*(?=[日夜晨昏]\S{0,3}$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|日|夜|晨|清晨|黄昏|傍晚|白天|夜晚|深夜)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    /// <summary>As Chinese screenplays write a speech: the name, a full-width colon, the words.</summary>
    [GeneratedRegex(@"^(?<name>[\u4E00-\u9FFF·A-Za-z]{1,8}(（[^（）]{0,40}）)?)：(?<words>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();
}

using Orleans.Story.Contracts.Inference;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// The story so far in as many words as there is room for. Whole, it is every beat in a sentence with what was chosen, and
/// the newest with their lines. Where that is too long, first the lines go, the older beat's before the newer's; then an act
/// that is over is told by its summary, or by its first and last sentence where it was not summed up; then the oldest beats go.
/// </summary>
internal static class Abridgement
{
    internal static string Of(Film film, StorySoFar story, string language, PromptPack pack, int room)
    {
        if (story.Beats.IsEmpty) return pack["nothing-yet"];
        var beats = story.Beats;
        for (var withLines = beats.Count(beat => !beat.Lines.IsEmpty); withLines >= 0; withLines--)
        {
            var whole = Told(beats, withLines);
            if (Tokens.Of(whole) <= room) return whole;
        }

        var acts = (story.Acts ?? []).Where(act => !string.Equals(act.Act, beats[^1].Act, StringComparison.Ordinal)).ToList();
        List<string> kept =
        [
            .. acts.Select(act => $"{Names.Act(film, act.Act, language)}{Names.Colon(pack)}{act.Words.In(language)}"),
            .. ActsInShort([.. beats.Where(beat => acts.TrueForAll(act => !string.Equals(act.Act, beat.Act, StringComparison.Ordinal)))]).Select(beat => Entry(film, beat, language, pack, withLines: false)),
        ];
        while (kept.Count > 1 && Tokens.Of(string.Join('\n', kept)) > room) kept.RemoveAt(0);
        var left = string.Join('\n', kept);
        return Tokens.Of(left) <= room ? left : "";

        string Told(IReadOnlyList<PastBeat> told, int withLines) =>
            string.Join('\n', told.Select((beat, i) => Entry(film, beat, language, pack, i >= told.Count - withLines)));
    }

    private static IEnumerable<PastBeat> ActsInShort(IReadOnlyList<PastBeat> beats)
    {
        for (var i = 0; i < beats.Count; i++)
        {
            var over = !string.Equals(beats[i].Act, beats[^1].Act, StringComparison.Ordinal);
            var edge = i == 0 || !string.Equals(beats[i - 1].Act, beats[i].Act, StringComparison.Ordinal)
                || i == beats.Count - 1 || !string.Equals(beats[i + 1].Act, beats[i].Act, StringComparison.Ordinal);
            if (!over || edge) yield return beats[i];
        }
    }

    private static string Entry(Film film, PastBeat beat, string language, PromptPack pack, bool withLines)
    {
        var chosen = beat.Chosen?.In(language);
        return pack.Fill("past", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["n"] = Number(beat.Ordinal),
            ["place"] = Names.Place(film, beat.Place, language),
            ["gist"] = beat.Gist.In(language),
            ["lines"] = withLines ? string.Join('\n', beat.Lines.Select(line => "   " + Line(film, line, language, pack))) : "",
            ["chosen"] = beat.ByAudience ? "" : chosen ?? "",
            ["suggested"] = beat.ByAudience ? Quotation.Of(chosen) ?? "" : "",
        });
    }

    internal static string Line(Film film, Contracts.Sessions.Line line, string language, PromptPack pack) =>
        $"{(line.Speaker is { } id ? Names.Person(film, id, language) : pack.Language == "zh" ? "旁白" : "NARRATION")}｜{line.Words.In(language)}";

    internal static string Number(int ordinal) => (ordinal + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

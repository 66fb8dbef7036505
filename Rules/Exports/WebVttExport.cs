using System.Collections.Immutable;
using System.Text;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// The recording as WebVTT (W3C, WebVTT: The Web Video Text Tracks Format, §4): a cue a line with its speaker as voice, or a
/// cue a beat as chapters. <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped as §4.2 has it, so that no word ends a cue or
/// begins a tag.
/// </summary>
public static class WebVttExport
{
    /// <summary>The subtitles.</summary>
    /// <param name="recording">The show.</param>
    /// <param name="languages">One, or two under each other.</param>
    public static string Write(Recording recording, params ImmutableArray<string> languages)
    {
        var tellings = languages.Select(language => (Language: language, Told: new Telling(recording, language))).ToList();
        var file = Head(tellings[0].Told);
        foreach (var cue in Cues.Of(recording))
        {
            Begin(file, $"{cue.Beat.Ordinal}.{cue.N}", cue.FromMs, cue.UntilMs);
            foreach (var (language, told) in tellings)
            {
                var words = Escape(told.Of(cue.Line.Words));
                if (tellings.Count > 1) words = $"<lang {language}>{words}</lang>";
                file.Append(told.Speaker(cue.Line) is { } speaker ? $"<v {Escape(speaker)}>{words}</v>" : words).Append('\n');
            }
        }

        return file.ToString();
    }

    /// <summary>The chapters: act, place and time of day of each beat, from its first line to the next beat's.</summary>
    public static string WriteChapters(Recording recording, string language)
    {
        var told = new Telling(recording, language);
        var file = Head(told);
        var beats = Cues.Of(recording).GroupBy(cue => cue.Beat.Ordinal).ToList();
        for (var i = 0; i < beats.Count; i++)
        {
            var beat = beats[i].First().Beat;
            var until = i + 1 < beats.Count ? beats[i + 1].First().FromMs : Math.Max(beats[i].Last().UntilMs, recording.LengthMs);
            Begin(file, $"{beat.Ordinal}", beats[i].First().FromMs, until);
            file.Append(Escape(told.Said(told.Act(beat), told.Scene(beat.Place, beat.Moment)))).Append('\n');
        }

        return file.ToString();
    }

    private static StringBuilder Head(Telling told) => new($"WEBVTT\n\nNOTE {Escape(told.Title)}, {told.Date}\n");

    private static void Begin(StringBuilder file, string id, long fromMs, long untilMs) =>
        file.Append($"\n{id}\n{Cues.Time(fromMs, '.')} --> {Cues.Time(untilMs, '.')}\n");

    private static string Escape(string words) =>
        words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

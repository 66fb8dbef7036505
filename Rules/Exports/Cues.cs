using System.Globalization;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>A line with the time that a subtitle of it stands.</summary>
/// <param name="Beat">Its beat.</param>
/// <param name="N">Its place among the beat's lines, from 0.</param>
/// <param name="Line">The line.</param>
/// <param name="FromMs">Milliseconds from the start of the show.</param>
/// <param name="UntilMs">Milliseconds from the start, after <paramref name="FromMs"/>.</param>
internal readonly record struct Cue(RecordedBeat Beat, int N, RecordedLine Line, long FromMs, long UntilMs);

/// <summary>The lines of a show as subtitles want them: each for at least a millisecond, none over another.</summary>
internal static class Cues
{
    /// <summary>All lines in the order they aired. What a clock set back would have mixed up is laid end to end.</summary>
    public static List<Cue> Of(Recording recording)
    {
        var cues = new List<Cue>();
        var latest = -1L;
        foreach (var beat in recording.Beats)
        {
            for (var n = 0; n < beat.Lines.Length; n++)
            {
                var line = beat.Lines[n];
                latest = Math.Max(line.AtMs, latest + 1);
                if (cues.Count > 0) cues[^1] = cues[^1] with { UntilMs = Math.Min(cues[^1].UntilMs, latest) };
                cues.Add(new Cue(beat, n, line, latest, latest + Math.Max(line.ForMs, 1)));
            }
        }

        return cues;
    }

    /// <summary>Hours, minutes, seconds and milliseconds; hours take the digits they need, two at least.</summary>
    /// <param name="ms">Milliseconds, not negative.</param>
    /// <param name="point">What stands before the milliseconds: a full stop in WebVTT, a comma in SRT.</param>
    public static string Time(long ms, char point) =>
        string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}{point}{ms % 1000:000}");
}

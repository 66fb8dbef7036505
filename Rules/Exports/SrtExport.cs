using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// The recording as SubRip subtitles (no standard; the format of the program SubRip, as the Library of Congress describes it
/// under fdd000569). It knows no escape, and players read <c>&lt;i&gt;</c> and <c>{\an8}</c> as commands: angle brackets
/// and braces become the signs that look most like them.
/// </summary>
public static class SrtExport
{
    /// <summary>The subtitles.</summary>
    /// <param name="recording">The show.</param>
    /// <param name="languages">One, or two under each other.</param>
    public static string Write(Recording recording, params ImmutableArray<string> languages)
    {
        var tellings = languages.Select(language => new Telling(recording, language)).ToList();
        var file = new StringBuilder();
        var number = 0;
        foreach (var cue in Cues.Of(recording))
        {
            if (number > 0) file.Append('\n');
            file.Append(CultureInfo.InvariantCulture, $"{++number}\n{Cues.Time(cue.FromMs, ',')} --> {Cues.Time(cue.UntilMs, ',')}\n");
            foreach (var told in tellings)
            {
                var words = told.Of(cue.Line.Words);
                file.Append(Escape(told.Speaker(cue.Line) is { } speaker ? told.Said(speaker, words) : words)).Append('\n');
            }
        }

        return file.ToString();
    }

    private static string Escape(string words) =>
        words.Replace('<', '‹').Replace('>', '›').Replace('{', '｛').Replace('}', '｝');
}

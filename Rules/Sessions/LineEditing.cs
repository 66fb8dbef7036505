using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Sessions;

/// <summary>A director's own words in a beat that has not aired, or in what has not aired of the one on the wall.</summary>
internal static class LineEditing
{
    /// <summary>Longest line, characters in one language: what a wall can still set.</summary>
    private const int LongestLine = 400;

    internal static SessionDecision Decide(SessionState state, Film film, DirectorCommand command, long nowMs, Blocklist? blocklist)
    {
        var target = DirectorRules.Coming(state, command) is { Beat: { } coming, Plan: var planned } ? (Beat: coming, Plan: planned)
            : command.Beat == state.Ordinal && command.Option == state.Via && state is { Current: { } present, CurrentPlan: { } made } ? (Beat: present, Plan: made)
            : ((Beat Beat, Plan Plan)?)null;
        if (target is not { Beat: var beat, Plan: var plan }) return SessionDecision.Not(Refusals.MovedOn);
        if (command.Lines is not { IsDefaultOrEmpty: false } lines)
            return SessionDecision.Not(Refusals.BadCommand("A beat has at least one line.", "每段至少有一句。"));
        foreach (var wording in lines.SelectMany(line => Wordings(line.Words)))
        {
            if (string.IsNullOrWhiteSpace(wording) || wording.Length > LongestLine || HiddenCharacters.FirstIn(wording) is not null)
            {
                return SessionDecision.Not(Refusals.BadCommand(
                    $"A line has 1 to {LongestLine} visible characters in each language.", $"每句在每种语言里为 1 到 {LongestLine} 个可见字符。"));
            }
        }

        var revised = Marked(beat.Lines, lines);
        var aired = beat.Ordinal == state.Ordinal ? state.Aired.Length : 0;
        // What has aired cannot be unsaid, and once the vote is open the beat is over.
        if (revised.Length < aired || !revised.Take(aired).SequenceEqual(beat.Lines.Take(aired), Same.Lines)) return SessionDecision.Not(Refusals.MovedOn);
        if (revised.SequenceEqual(beat.Lines, Same.Lines)) return SessionDecision.Nothing;
        if (aired > 0 && state.Round is not null) return SessionDecision.Not(Refusals.MovedOn);
        var findings = BeatChecks.Of(film, plan, beat with { Lines = revised }, state.Terms!.WallLanguages, new CheckTerms(null, state.Terms.Rating, blocklist));
        return findings.IsEmpty
            ? SessionDecision.Of(new DirectorActed(command with { Lines = revised }, nowMs))
            : SessionDecision.Not(Refusals.CannotTell(string.Join(' ', findings.Select(one => one.What.In("en"))), string.Concat(findings.Select(one => one.What.In("zh")))));
    }

    /// <summary>Lines that were not there before are the director's.</summary>
    private static ImmutableArray<Line> Marked(ImmutableArray<Line> before, ImmutableArray<Line> lines) =>
        [.. lines.Select(line => before.FirstOrDefault(old => Same.Lines.Equals(old, line)) ?? line with { ByDirector = true })];

    private static IEnumerable<string> Wordings(Contracts.Text words) => words.Others.Select(other => other.Words).Prepend(words.Words);

    /// <summary>Lines that read and sound the same, whoever wrote them.</summary>
    private sealed class Same : IEqualityComparer<Line>
    {
        internal static Same Lines { get; } = new();

        public bool Equals(Line? one, Line? other) => one is not null && other is not null
            && string.Equals(one.Speaker, other.Speaker, StringComparison.Ordinal)
            && string.Equals(one.Words.Language, other.Words.Language, StringComparison.Ordinal)
            && string.Equals(one.Words.Words, other.Words.Words, StringComparison.Ordinal)
            && one.Words.Others.SequenceEqual(other.Words.Others);

        public int GetHashCode(Line line) => StringComparer.Ordinal.GetHashCode(line.Words.Words);
    }
}

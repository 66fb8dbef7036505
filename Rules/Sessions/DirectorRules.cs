using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a director may do to the story, under the same checks as any writer.</summary>
public static class DirectorRules
{
    /// <summary>Shortest and longest that a beat may wait for a yes, seconds.</summary>
    public const int ShortestVeto = 3;

    /// <inheritdoc cref="ShortestVeto"/>
    public const int LongestVeto = 30;

    /// <summary>A director's command.</summary>
    /// <param name="state">The session.</param>
    /// <param name="film">The version of its film that is told from now on, or <see langword="null"/> if the library has lost it.</param>
    /// <param name="command">The command.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <param name="blocklist">The words in force, or <see langword="null"/> for the built-in ones: they bind the director's hand, too.</param>
    public static SessionDecision Decide(SessionState state, Film? film, DirectorCommand command, long nowMs, Blocklist? blocklist = null)
    {
        if (state.Terms is null) return SessionDecision.Not(Refusals.NoSession);
        if (film is null) return SessionDecision.Not(Refusals.UnknownFilm);
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        if (command.Reason.Length > SessionRules.LongestReason)
            return SessionDecision.Not(Refusals.BadCommand($"A reason has at most {SessionRules.LongestReason} characters.", $"理由最多 {SessionRules.LongestReason} 个字。"));
        return command.Action switch
        {
            DirectorAction.Revise => LineEditing.Decide(state, film, command, nowMs, blocklist),
            DirectorAction.Swap or DirectorAction.Reject => StoryletSwaps.Decide(state, film, command, nowMs),
            DirectorAction.Approve => Approve(state, command, nowMs),
            DirectorAction.Pin or DirectorAction.Unpin or DirectorAction.Strike => Facts(state, film, command, nowMs),
            DirectorAction.Tension => Tension(state, command, nowMs),
            DirectorAction.Forbid or DirectorAction.Allow => Words(state, film, command, nowMs),
            DirectorAction.Veto => Veto(state, command, nowMs),
            _ => SessionDecision.Not(Refusals.BadCommand("There is no such command.", "没有这个指令。")),
        };
    }

    /// <summary>The coming beat that a command is about with its plan, or <see langword="null"/> if it is none any more.</summary>
    internal static (Beat? Beat, Plan Plan, bool Due)? Coming(SessionState state, DirectorCommand command)
    {
        if (command.Beat == state.Ordinal && command.Option == state.Via && state.Aired.IsEmpty)
        {
            var plan = state.Current is null ? state.Plans.GetValueOrDefault(state.Via) : state.CurrentPlan;
            return plan is null ? null : (state.Current, plan, true);
        }

        return command.Beat == state.Ordinal + 1 && state.Current is not null && state.Plans.TryGetValue(command.Option, out var planned)
            ? (state.Prepared.GetValueOrDefault(command.Option), planned, false)
            : null;
    }

    private static SessionDecision Done(DirectorCommand command, long nowMs) => SessionDecision.Of(new DirectorActed(command, nowMs));

    /// <summary>A yes to what nobody has written yet would be a yes to anything.</summary>
    private static SessionDecision Approve(SessionState state, DirectorCommand command, long nowMs)
    {
        if (Coming(state, command) is not { Beat: not null }) return SessionDecision.Not(Refusals.MovedOn);
        return state.Approved.Contains(command.Option) ? SessionDecision.Nothing : Done(command, nowMs);
    }

    private static SessionDecision Facts(SessionState state, Film film, DirectorCommand command, long nowMs)
    {
        if (command.Name is not { } fact || !film.Facts.Any(one => string.Equals(one.Id, fact, StringComparison.Ordinal)))
            return SessionDecision.Not(Refusals.BadCommand("The film knows no such fact.", "影片里没有这个事实。"));
        var (holds, pinned) = (state.Story.Facts.Contains(fact), state.Steering.Pinned.Contains(fact));
        var changes = command.Action switch
        {
            DirectorAction.Pin => !pinned || !holds,
            DirectorAction.Unpin => pinned,
            _ => holds || pinned,
        };
        return changes ? Done(command, nowMs) : SessionDecision.Nothing;
    }

    private static SessionDecision Tension(SessionState state, DirectorCommand command, long nowMs)
    {
        if (command.Tension is { } wanted && wanted is not (>= 0 and <= 1))
            return SessionDecision.Not(Refusals.BadCommand("Tension is between 0 and 1.", "张力在 0 到 1 之间。"));
        return Nullable.Equals(state.Steering.Tension, command.Tension) ? SessionDecision.Nothing : Done(command, nowMs);
    }

    private static SessionDecision Words(SessionState state, Film film, DirectorCommand command, long nowMs)
    {
        var word = command.Name?.Trim() ?? "";
        var forbidden = state.Steering.Forbidden;
        if (word.Length is 0 or > ForbiddenWords.Longest || HiddenCharacters.FirstIn(word) is not null)
        {
            return SessionDecision.Not(Refusals.BadCommand(
                $"A forbidden word has 1 to {ForbiddenWords.Longest} visible characters.", $"禁用词为 1 到 {ForbiddenWords.Longest} 个可见字符。"));
        }

        command = command with { Name = word };
        if (command.Action == DirectorAction.Allow) return forbidden.Contains(word) ? Done(command, nowMs) : SessionDecision.Nothing;
        if (forbidden.Contains(word, StringComparer.OrdinalIgnoreCase)) return SessionDecision.Nothing;
        if (forbidden.Length >= ForbiddenWords.Most)
            return SessionDecision.Not(Refusals.BadCommand($"At most {ForbiddenWords.Most} words are forbidden at once.", $"最多同时禁用 {ForbiddenWords.Most} 个词。"));
        var begun = state.Ordinal > 0 || !state.Aired.IsEmpty;
        return SteeredFilm.CanTell(film, DirectorFold.With(state.Steering, word), begun)
            ? Done(command, nowMs)
            : SessionDecision.Not(Refusals.CannotTell(
                $"Without \"{word}\" the film could not {(begun ? "end" : "begin or end")}. Forbid something narrower.",
                $"禁用“{word}”后，影片就无法{(begun ? "收尾" : "开场或收尾")}了。请禁用更具体的词。"));
    }

    private static SessionDecision Veto(SessionState state, DirectorCommand command, long nowMs)
    {
        if (command.Veto is { Seconds: < ShortestVeto or > LongestVeto })
        {
            return SessionDecision.Not(Refusals.BadCommand(
                $"A beat waits {ShortestVeto} to {LongestVeto} seconds for a yes.", $"每段可等待确认 {ShortestVeto} 到 {LongestVeto} 秒。"));
        }

        return state.Veto == command.Veto ? SessionDecision.Nothing : Done(command, nowMs);
    }
}

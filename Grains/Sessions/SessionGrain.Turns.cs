using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Rules.Suggestions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>How viewers would have the story go on: kept at once, merged by likeness, and an option after a yes.</summary>
public sealed partial class SessionGrain
{
    /// <summary>What viewers' words are screened by.</summary>
    private CheckTerms Screen => new(null, film?.Rating, blocklist);

    private long turnDueMs = long.MaxValue;

    /// <summary>What the present choice was made from: nothing new, nothing to choose.</summary>
    private (ImmutableArray<SuggestionGroup> Groups, SessionState State)? considered;

    /// <inheritdoc/>
    public async Task<SuggestionTaken> Suggest(int seat, int sitting, string words)
    {
        var now = NowMs;
        var clean = SuggestionWords.Clean(words);
        // Asked before the pace: a phone that heard no answer asks again, and is not told that it was too fast.
        if (clean is not null && suggestions.Same(state, seat, clean) is { } before && TurnRules.Refuses(state, seat, sitting, words, Screen, 0, 0, 0, () => true, now) is null)
            return new SuggestionTaken(before.Id, before.AtMs + TurnRules.PaceMs, null);
        if (TurnRules.Refuses(
            state, seat, sitting, words, Screen, suggestions.Count(state), suggestions.Count(state, seat), suggestions.Last(seat), () => suggestions.Joins(state, clean!), now) is { } refusal)
        {
            return new SuggestionTaken(null, refusal.Code == TurnRefusals.TooSoon.Code ? suggestions.Last(seat) + TurnRules.PaceMs : 0, refusal);
        }

        try
        {
            var row = new SuggestionRow(Guid.CreateVersion7(time.GetUtcNow()), id.Value, seat, state.Ordinal, clean!, now);
            if (!await suggestions.AddAsync(row)) return new SuggestionTaken(null, 0, Refusals.Kicked);
            turnDueMs = Math.Min(turnDueMs, now + TurnRules.CountEveryMs);
            Arm();
            return new SuggestionTaken(row.Id, now + TurnRules.PaceMs, null);
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogWarning(trouble, "A suggestion of session {Session} could not be kept", id);
            return new SuggestionTaken(null, 0, Refusals.Busy);
        }
    }

    /// <inheritdoc/>
    public Task<OwnSuggestion?> Suggested(int seat, int sitting) =>
        Task.FromResult(state.Terms is null || Sittings.Over(state.Sittings, seat, sitting) is not null ? null : suggestions.Own(state, seat));

    /// <inheritdoc/>
    public Task<TurnQueue> Suggestions() =>
        Task.FromResult(state.Terms is null || film is null ? new TurnQueue(0, false, 0, []) : suggestions.Queue(state, film, NowMs));

    /// <inheritdoc/>
    public async Task<Outcome> JudgeSuggestion(JudgeSuggestion judgement)
    {
        if (judgement.Verdict != SuggestionVerdict.Withdraw && !suggestions.IsThere(state, judgement.Id)) return new Outcome(TurnRefusals.NoSuggestion);
        if (door.Caller is { IsHouse: false } caller)
        {
            // Whose words stand on the wall is the director's business, and on record as such.
            if (judgement.Words is not null && !caller.Roles.Contains(StaffRoles.Director)) return new Outcome(StaffRefusals.NotAllowed);
            judgement = judgement with { By = caller.Name };
        }

        var outcome = await Carry(now => TurnRules.Judge(state, judgement, Screen, now));
        OnRecord(AuditAct.Directed, judgement.By, $"{judgement.Verdict}Turn", "", outcome);
        if (outcome.IsDone) await Drive();
        return outcome;
    }

    /// <summary>Has the suggestion planned and written that would become an option if the vote opened now.</summary>
    private async Task ChooseTurn()
    {
        turnDueMs = long.MaxValue;
        if (film is null || !TurnRules.IsOpen(state) || (state.Turns is { Next: null, Auto: false, Approved.IsEmpty: true })) return;
        var groups = suggestions.Groups(state);
        if (considered is { } last && last.Groups == groups && last.State.Plans == state.Plans && last.State.Prepared == state.Prepared && last.State.Turns == state.Turns
            && last.State.Steering == state.Steering) return;
        if (await Record(TurnRules.Choose(state, film, groups, NowMs))) considered = (suggestions.Groups(state), state);
        else turnDueMs = NowMs + RetryMs;
    }

    /// <summary>What events mean for suggestions, once they are on disk: those of beats that are over go.</summary>
    private async Task FollowTurns()
    {
        try
        {
            await suggestions.EraseSpentAsync(state);
        }
        catch (JournalUnavailableException trouble)
        {
            // The next event of this session does it.
            log.LogWarning(trouble, "What was suggested in session {Session} is not erased yet", id);
        }
    }

    /// <summary>The option that the suggestion is about to be, so that its beat is written for its words; afterwards it is one of the beat's.</summary>
    private Option? NextTurn() => suggestions.Next(state) is { } words ? new Option(words.Label, [], null, ByAudience: true, ByDirector: words.ByDirector) : null;
}

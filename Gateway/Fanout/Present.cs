using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>The newest present of a session that this gateway has seen.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Tally">The count of the stage's round, or <see langword="null"/>.</param>
/// <param name="Shards">Audience shards.</param>
/// <param name="Health">For the console.</param>
/// <param name="Sittings">Seats whose first sitting has ended.</param>
/// <param name="Secret">What receipt proofs are made from, or <see langword="null"/>.</param>
internal sealed record Present(Stage Stage, Tally? Tally, int Shards, SessionHealth Health, ImmutableSortedDictionary<int, Sitting> Sittings, string? Secret)
{
    private static readonly ImmutableSortedDictionary<int, Sitting> Nobody = ImmutableSortedDictionary<int, Sitting>.Empty;

    /// <summary>Seats whose remarks and feelings are not taken, as of the last renewal.</summary>
    public ImmutableSortedSet<int> Muted { get; init; } = [];

    /// <summary>The present as the session tells it.</summary>
    public static Present Of(Watching answer) =>
        new(answer.Stage, answer.Tally, answer.Shards, answer.Health, Rules.Sessions.Sittings.Newest(Nobody, answer.Sittings), answer.Secret) { Muted = [.. answer.Muted] };

    /// <summary>What phones get of a stage: that a remark is on the wall, by which its author's phone knows it, and not what it says.</summary>
    public static Stage ForPhones(Stage stage) => stage.Remark is { } remark ? stage with { Remark = remark with { Words = null } } : stage;

    /// <summary>Why a ticket of a sitting is void, or <see langword="null"/> while it is good.</summary>
    public Refusal? Over(int seat, int sitting) => Rules.Sessions.Sittings.Over(Sittings, seat, sitting);

    /// <summary>The present after hearing of sittings, in whatever order.</summary>
    public Present With(IReadOnlyCollection<Sitting> sittings) => this with { Sittings = Rules.Sessions.Sittings.Newest(Sittings, sittings) };

    /// <summary>A receipt with the code under which its ballot will stand in the record of the show.</summary>
    public Receipt Proven(Receipt receipt) => Secret is null
        ? receipt
        : receipt with { Proof = Proofs.Of(Secret, receipt.Round, receipt.Seat, receipt.N, receipt.Choice) };

    /// <summary>The present after a stage, or this one when the stage is no newer.</summary>
    public Present With(Stage stage) => stage.Seq <= Stage.Seq
        ? this
        : this with { Stage = stage, Tally = Tally is { } tally && stage.Round?.Round == tally.Round ? tally : null };

    /// <summary>The present after a tally, or this one when the tally is no newer or of a round that is gone.</summary>
    public Present With(Tally tally) => tally.Seq <= (Tally?.Seq ?? 0) || tally.Round < (Stage.Round?.Round ?? 0)
        ? this
        : this with { Tally = tally };

    /// <summary>
    /// Whether only the number of people changed. Such a stage goes out in the pace of tallies: a thousand arrivals must
    /// not be a thousand messages to each of a thousand phones.
    /// </summary>
    public static bool IsCalm(Stage before, Stage after) =>
        before.Phase == after.Phase
        && before.EndsAtMs == after.EndsAtMs
        && before.Choices.Length == after.Choices.Length
        && before.Beat?.Ordinal == after.Beat?.Ordinal
        && before.Beat?.Lines.Length == after.Beat?.Lines.Length
        && before.Round?.Round == after.Round?.Round
        && before.Round?.State == after.Round?.State
        && before.Round?.DeadlineMs == after.Round?.DeadlineMs
        && before.Round?.Decision?.CardEndsMs == after.Round?.Decision?.CardEndsMs;
}

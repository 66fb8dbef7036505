using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;

namespace Orleans.Story.Tests.Gateway;

public sealed class PresentTests
{
    private static readonly SessionId Session = SessionId.New(DateTimeOffset.UnixEpoch);
    private readonly Present _present = new(Stages.Voting(Session, seq: 10), Stages.Tally(11, 0, 3, 4), 1, new SessionHealth(0, 0, 0, 0), ImmutableSortedDictionary<int, Sitting>.Empty, null);

    [Fact]
    public void What_is_older_or_equal_changes_nothing()
    {
        _present.With(Stages.Voting(Session, seq: 9)).ShouldBeSameAs(_present);
        _present.With(Stages.Voting(Session, seq: 10)).ShouldBeSameAs(_present);
        _present.With(Stages.Tally(11)).ShouldBeSameAs(_present);
    }

    [Fact]
    public void A_newer_tally_of_the_round_counts_and_one_of_a_round_that_is_gone_does_not()
    {
        _present.With(Stages.Tally(12, 0, 5, 4)).Tally!.Counts.ShouldBe([5, 4]);
        var next = _present.With(Stages.Voting(Session, seq: 20, round: 1));
        next.Tally.ShouldBeNull();
        next.With(Stages.Tally(21, round: 0)).ShouldBeSameAs(next);
    }

    [Fact]
    public void Only_the_number_of_people_is_calm()
    {
        var stage = _present.Stage;
        Present.IsCalm(stage, stage with { Seq = 12, Seated = 9, Present = 8, NowMs = 5 }).ShouldBeTrue();
        Present.IsCalm(stage, stage with { Phase = SessionPhase.Paused }).ShouldBeFalse();
        Present.IsCalm(stage, stage with { Round = null }).ShouldBeFalse();
        Present.IsCalm(stage, stage with { Round = stage.Round! with { DeadlineMs = 1 } }).ShouldBeFalse();
        Present.IsCalm(stage, Stages.Wordy(Session, 12, 5) with { Round = stage.Round }).ShouldBeFalse();
    }
}

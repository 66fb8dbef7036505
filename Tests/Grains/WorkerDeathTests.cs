using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Scheduling;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Silo;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A worker that dies in the middle of a sentence tells nobody. The beat airs in time all the same.</summary>
public sealed class WorkerDeathTests
{
    /// <summary>A look every 3 s, at most as long until the worker is started again, and half a second until a place is asked for again.</summary>
    private const long FoundMs = 7_000;

    [Fact]
    public async Task A_worker_that_dies_in_mid_sentence_is_started_again_and_its_beats_with_it()
    {
        var writer = new HaltingWriter { Halts = (order, times) => order.Plan.Beat == 1 && times == 1 };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var (session, options) = await InMidSentenceAsync(hall, writer);
        var worker = (await hall.Grains.Pool().Workers()).ShouldHaveSingleItem().Worker;
        await DiesAsync(hall, session, writer, worker, options);
        await hall.StepUntilAsync(session, async () => (await hall.Grains.Pool().Workers()).Any(lease => lease.Worker == worker && lease.Room > 0), "the lease of the worker that was started again");
        await AirsAsync(hall, session, "scribe", Fallback.None);
    }

    [Fact]
    public async Task Where_nobody_starts_it_again_another_worker_takes_the_beat()
    {
        var writer = new HaltingWriter { Halts = (order, times) => order.Plan.Beat == 1 && times == 1 };
        await using var hall = await TestHall.OpenAsync(writer: writer, roles: StoryRoles.Story);
        foreach (var worker in Two) await hall.Grains.Worker(worker).Start();
        var (session, options) = await InMidSentenceAsync(hall, writer);
        var at = Rendezvous.Pick(session.ToString(), Two)!;
        await DiesAsync(hall, session, writer, at, options);
        (await hall.Grains.Pool().Workers()).Where(lease => lease.Worker == at).ShouldAllBe(lease => lease.Room == 0, "what is woken in its place takes no work");
        await AirsAsync(hall, session, "scribe", Fallback.None);
    }

    [Fact]
    public async Task Where_there_is_no_other_worker_the_storylet_tells_the_beat_before_the_vote_is_over()
    {
        var writer = new HaltingWriter { Halts = (order, _) => order.Plan.Beat == 1 };
        await using var hall = await TestHall.OpenAsync(writer: writer, roles: StoryRoles.Story);
        await hall.Grains.Worker("only").Start();
        var (session, options) = await InMidSentenceAsync(hall, writer);
        await hall.EndAsync(hall.Grains.Worker("only"));
        await hall.StepUntilAsync(session, () => Written(hall, session, 1 + options), "the storylets to stand in", seconds: 15);
        writer.Asked(1).ShouldBe(options, "nobody was asked again");
        await AirsAsync(hall, session, "storylet", Fallback.Failed);
    }

    [Fact]
    public async Task A_worker_that_was_never_started_writes_nothing()
    {
        var writer = new HaltingWriter();
        await using var hall = await TestHall.OpenAsync(writer: writer, roles: StoryRoles.Story);
        // A process that is gone, whose lease has not lapsed yet.
        await hall.Grains.Pool().Lease(new WorkerLease("gone", "scribe", 8, 6));
        var session = (await hall.ScheduleAsync()).Session;
        await hall.StepUntilAsync(session, () => Written(hall, session, 1), "the opening", seconds: 15);
        var opening = (await hall.WrittenAsync(session)).ShouldHaveSingleItem();
        (opening.Writer, opening.Fallback).ShouldBe(("storylet", Fallback.NoRoom));
        writer.Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hall_that_dies_in_mid_sentence_has_the_beats_written_by_the_next_process()
    {
        var mute = new HaltingWriter { Halts = (order, _) => order.Plan.Beat == 1 };
        await using var before = await TestHall.OpenAsync(writer: mute);
        var (session, options) = await InMidSentenceAsync(before, mute);
        await before.KillAsync();
        before.Clock.Advance(TimeSpan.FromSeconds(5));

        var writer = new HaltingWriter();
        await using var after = await TestHall.OpenAsync(before, writer);
        await after.StepUntilAsync(session, () => Written(after, session, 1 + options), "the beats of the next process", seconds: 10);
        await AirsAsync(after, session, "scribe", Fallback.None);
    }

    private static readonly string[] Two = ["one", "two"];

    /// <summary>The show has begun, and the writer fell silent over every way on from its first beat.</summary>
    private static async Task<(SessionId Session, int Options)> InMidSentenceAsync(TestHall hall, HaltingWriter writer)
    {
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        var options = (await hall.WrittenAsync(session))[0].Options.Length;
        await hall.StepUntilAsync(session, () => Task.FromResult(writer.Asked(1) == options), "all ways on to be begun", seconds: 2);
        return (session, options);
    }

    private static async Task DiesAsync(TestHall hall, SessionId session, HaltingWriter writer, string worker, int options)
    {
        var diedMs = hall.Clock.NowMs;
        await hall.EndAsync(hall.Grains.Worker(worker));
        await hall.StepUntilAsync(session, () => Written(hall, session, 1 + options), "the beats to be written elsewhere");
        (hall.Clock.NowMs - diedMs).ShouldBeLessThan(FoundMs);
        writer.Asked(1).ShouldBe(2 * options, "each was begun again once");
        writer.Stopped.Count.ShouldBe(options, "what nobody will hear of is not paid for");
    }

    /// <summary>The next beat comes when its vote is over, without a moment of dead air, and the record says whose it is.</summary>
    private static async Task AirsAsync(TestHall hall, SessionId session, string writer, Fallback why)
    {
        await hall.UntilAsync(session, stage => stage.Beat is { Ordinal: 1, Lines.IsEmpty: false }, "the beat");
        await hall.OperateAsync(session, OperatorAction.End);
        var show = (await hall.Grains.Session(session).Insights()).ShouldNotBeNull();
        show.Beats.Select(beat => (beat.Beat, beat.Writer, beat.Fallback, beat.Ready)).ShouldBe([(0, "scribe", Fallback.None, null), (1, writer, why, true)]);
        show.Speculation.ShouldNotBeNull().Ready.ShouldBe(1);
        show.DeadAirMs.ShouldBe(0);
        // The wall was free for its first line when the decision's card was over, and got it then.
        (show.Beats[1].AtMs - show.Rounds[0].DecidedMs).ShouldBeInRange(3_000, 3_100);
    }

    private static async Task<bool> Written(TestHall hall, SessionId session, int beats) => (await hall.WrittenAsync(session)).Count >= beats;
}

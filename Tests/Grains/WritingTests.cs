using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A writer that is a model, and what the pool does about its moods.</summary>
public sealed class WritingTests
{
    [Fact]
    public async Task A_beat_that_fails_its_checks_is_written_again_once_and_says_so()
    {
        var writer = new Scribe { Write = (order, honest) => order.Repair is null ? honest with { Place = "nowhere" } : honest };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 0);
        var first = await First(hall, session);
        first.Writer.ShouldBe("scribe");
        first.Fallback.ShouldBe(Fallback.None);
        first.Writing.ShouldNotBeNull().Repaired.ShouldBe("place");
        first.Writing!.TokensOut.ShouldBe(20, "both attempts are on the bill");
        writer.Orders.First(order => order.Repair is not null).Repair!.Findings[0].In("en").ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_beat_that_fails_twice_is_told_by_the_storylet_it_was_made_from()
    {
        var writer = new Scribe { Write = (_, honest) => honest with { Place = "nowhere" } };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 0);
        var first = await First(hall, session);
        (first.Writer, first.Fallback).ShouldBe(("storylet", Fallback.Refused));
        writer.Orders.Count(order => order.Plan.Beat == 0).ShouldBe(2);
    }

    [Fact]
    public async Task What_the_venue_bans_airs_from_no_model_and_from_no_hand()
    {
        var writer = new Scribe { Write = (_, honest) => honest with { Lines = honest.Lines.SetItem(0, Said("The popcorn is cold.", "爆米花凉了。")) } };
        await using var hall = await TestHall.OpenAsync(writer: writer, blocklist: Blocklist.BuiltIn.With([new("popcorn", BlockedWord.Never)]));
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        var first = await First(hall, session);
        (first.Writer, first.Fallback).ShouldBe(("storylet", Fallback.Refused));
        writer.Orders.First(order => order.Repair is not null).Repair!.Findings.ShouldContain(finding => finding.In("en").Contains("popcorn", StringComparison.Ordinal));
        var edit = new DirectorCommand { Action = DirectorAction.Revise, By = "director", Reason = "", Beat = 0, Option = BeatKey.Opening, Lines = [Said("More popcorn, please.", "再来点爆米花。")] };
        (await hall.Grains.Session(session).Direct(edit)).Refusal.ShouldNotBeNull().Sentence.In("en").ShouldContain("popcorn");
        (await hall.Grains.Session(session).Direct(edit with { Lines = [Said("More tea, please, and then we will see about the letter, and about the rain that comes in at the door.", "请再来点茶，然后我们再说那封信的事，还有从门口飘进来的雨。")] })).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_wall_has_said_is_not_said_again()
    {
        var writer = new Scribe { Write = (order, honest) => order.Plan.Beat == 1 ? honest with { Lines = [.. honest.Lines, order.Past!.Beats[0].Lines[0]] } : honest };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Beat is { Ordinal: 1, Lines.IsEmpty: false }, "the second beat");
        (await hall.WrittenAsync(session)).Where(beat => beat.Ordinal == 1).ShouldAllBe(beat => beat.Fallback == Fallback.Refused);
    }

    [Fact]
    public async Task A_writer_is_told_the_story_so_far_and_what_the_hall_chose()
    {
        var writer = new Scribe();
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 1);
        var second = writer.Orders.First(order => order.Plan.Beat == 2);
        var past = second.Past.ShouldNotBeNull().Beats;
        past.Select(beat => beat.Ordinal).ShouldBe([0, 1]);
        past[0].Chosen.ShouldNotBeNull();
        past[1].Lines.ShouldNotBeEmpty();
        writer.Orders.First(order => order.Plan.Beat == 0).Past!.Beats.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_chose_is_called_off()
    {
        var writer = new Scribe { Waits = order => order.Plan.Beat == 1 };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(round, 1, 1, 1, 1));
        await Eventually(() => writer.Orders.Count(order => order.Plan.Beat == 1) == round.Options.Length, "all ways on to be begun");
        await hall.UntilAsync(session, stage => stage.Beat is { Ordinal: 1, Lines.IsEmpty: false }, "the chosen beat");
        await Eventually(() => writer.Stopped.Count(order => order.Plan.Beat == 1) == round.Options.Length, "the losers to be called off, and the one that came too late");
    }

    [Fact]
    public async Task A_live_beat_takes_the_slot_of_one_that_is_written_ahead()
    {
        var writer = new Scribe { Slots = 1, Waits = _ => true };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await Eventually(() => writer.Orders.Count == 1, "the opening to be begun");
        var ahead = writer.Orders.First();
        var worker = (await hall.Grains.Pool().Workers())[0].Worker;
        (await hall.Grains.Worker(worker).Write(new WriteJob(Guid.NewGuid(), session, ahead with { Priority = WritePriority.Speculative }))).ShouldBeFalse();
        (await hall.Grains.Worker(worker).Write(new WriteJob(Guid.NewGuid(), session, ahead with { Priority = WritePriority.Live }))).ShouldBeTrue();
        await Eventually(() => writer.Stopped.Count == 1, "the first to be displaced");
    }

    [Fact]
    public async Task A_budget_that_is_spent_leaves_the_show_to_its_storylets()
    {
        var writer = new Scribe { TokensPerShow = 25 };
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        var beats = await hall.WrittenAsync(session);
        beats[0].Writer.ShouldBe("scribe");
        beats[^1].Fallback.ShouldBe(Fallback.Spent);
    }

    [Fact]
    public async Task What_was_spent_is_spent_after_a_restart_too()
    {
        await using var hall = await TestHall.OpenAsync(writer: new Scribe { TokensPerShow = 25 });
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 1);
        await hall.KillAsync();

        var fresh = new Scribe { TokensPerShow = 25 };
        await using var after = await TestHall.OpenAsync(hall, writer: fresh);
        await after.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        fresh.Orders.ShouldBeEmpty();
        (await after.WrittenAsync(session))[^1].Fallback.ShouldBe(Fallback.Spent);
    }

    private static Line Said(string en, string zh) => new(null, Text.Both(en, zh));

    private static async Task<Beat> First(TestHall hall, SessionId session) => (await hall.WrittenAsync(session))[0];

    private static async Task Eventually(Func<bool> what, string said)
    {
        for (var asked = 0; !what(); asked++)
        {
            asked.ShouldBeLessThan(100_000, $"waited for {said}");
            await Task.Yield();
        }
    }

    /// <summary>A model without a server: the plan's storylet, and whatever the test makes of it.</summary>
    private sealed class Scribe : IBeatWriter
    {
        private long spent;

        public string Name => "scribe";

        public int Slots { get; init; } = 16;

        public long TokensPerShow { get; init; }

        public Func<BeatOrder, Beat, Beat> Write { get; init; } = (_, honest) => honest;

        public Func<BeatOrder, bool> Waits { get; init; } = _ => false;

        public System.Collections.Concurrent.ConcurrentQueue<BeatOrder> Orders { get; } = new();

        public System.Collections.Concurrent.ConcurrentQueue<BeatOrder> Stopped { get; } = new();

        public long Spent(SessionId session) => Interlocked.Read(ref spent);

        public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
        {
            Orders.Enqueue(order);
            Interlocked.Add(ref spent, 15);
            if (Waits(order))
            {
                await using var stopped = cancellationToken.Register(() => Stopped.Enqueue(order));
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Write(order, StoryletTelling.Tell(film, order.Plan) with { Writer = Name, Writing = new Writing("here", Name, "beat-1.en", 5, 10, 100) });
        }
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class AsideTests
{
    [Fact]
    public async Task Without_a_model_the_film_answers_and_characters_do_not()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = await Playing(hall);
        var missed = await Say(hall, session, new AsideRequest(AsideKind.Missed, "zh"));
        missed.Writer.ShouldBe("storylet");
        missed.Words.ShouldNotBeNull().ShouldContain("观众选了");
        (await Say(hall, session, new AsideRequest(AsideKind.Talk, "en", (await hall.Grains.Session(session).Company())[0].Id, "Hello"))).Refusal!.Code.ShouldBe("nobody-answers");
    }

    [Fact]
    public async Task Equal_questions_are_answered_once_and_talk_is_everyones_own()
    {
        var writer = new Talker();
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = await Playing(hall);
        var request = new AsideRequest(AsideKind.Missed, "en");
        var first = await Say(hall, session, request);
        (first.Words, first.Writer).ShouldBe(("Answer 1.", "talker"));
        (await Say(hall, session, request)).ShouldBe(first);
        var talk = new AsideRequest(AsideKind.Talk, "en", (await hall.Grains.Session(session).Company())[0].Id, "Hello");
        (await Say(hall, session, talk)).Words.ShouldBe("Answer 2.");
        (await Say(hall, session, talk)).Words.ShouldBe("Answer 3.");
        writer.Orders.ShouldAllBe(order => order.Past.Beats.Length > 0);
    }

    [Fact]
    public async Task What_is_not_fit_to_be_shown_is_not_shown()
    {
        await using var hall = await TestHall.OpenAsync(writer: new Talker { Says = _ => new string('x', 5000) });
        var session = await Playing(hall);
        (await Say(hall, session, new AsideRequest(AsideKind.Scene, "en"))).Writer.ShouldBe("storylet");
    }

    [Fact]
    public async Task An_act_that_is_over_is_summed_up_for_the_beats_to_come()
    {
        var writer = new Talker();
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        writer.Orders.ShouldContain(order => order.Request.Kind == AsideKind.Summary);
        var acts = writer.Beats.Last(order => !order.Plan.Ends || order.Past is not null).Past!.Acts.ShouldNotBeNull();
        acts.ShouldNotBeEmpty();
        acts[0].Words.Words.ShouldStartWith("Answer");
    }

    private static async Task<SessionId> Playing(TestHall hall)
    {
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 1);
        return session;
    }

    private static async Task<Aside> Say(TestHall hall, SessionId session, AsideRequest request)
    {
        var asked = await hall.Grains.Session(session).Aside(request);
        return await hall.Grains.Aside(session).Say(asked.Order.ShouldNotBeNull(asked.Refusal?.Code));
    }

    private sealed class Talker : IBeatWriter
    {
        private int answers;

        public string Name => "talker";

        public Func<int, string> Says { get; init; } = n => $"Answer {n}.";

        public System.Collections.Concurrent.ConcurrentQueue<AsideOrder> Orders { get; } = new();

        public System.Collections.Concurrent.ConcurrentQueue<BeatOrder> Beats { get; } = new();

        public Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
        {
            Beats.Enqueue(order);
            return Task.FromResult(StoryletTelling.Tell(film, order.Plan));
        }

        public Task<AsideDraft?> SayAsync(Film film, SessionId session, AsideOrder order, CancellationToken cancellationToken)
        {
            Orders.Enqueue(order);
            return Task.FromResult<AsideDraft?>(new AsideDraft(Says(Interlocked.Increment(ref answers)), Name));
        }
    }
}

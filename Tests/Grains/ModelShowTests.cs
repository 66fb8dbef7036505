using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Inference.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>Whole shows against a model server over real HTTP.</summary>
public sealed class ModelShowTests
{
    [Theory]
    [InlineData("en", "zh")]
    [InlineData("zh", "en")]
    public async Task With_a_model_every_beat_is_the_models_and_the_record_says_so(string telling, string second)
    {
        await using var server = await ChatServer.StartAsync();
        await using var hall = await TestHall.OpenAsync(writer: Writer(server));
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Film, minutes: 3, wall: [telling, second]))).Session;
        await PlayAsync(hall, session, waits: true);
        var beats = await hall.WrittenAsync(session);
        beats.Count.ShouldBeGreaterThan(4);
        beats.ShouldAllBe(beat => beat.Writer == "parrot" && beat.Fallback == Fallback.None && beat.Writing != null && beat.Writing.Prompt == $"beat-1.{telling}");
        beats.ShouldAllBe(beat => beat.Lines.All(line => line.Words.Has(telling) && line.Words.Has(second)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task A_server_that_refuses_leaves_the_show_to_its_storylets(int status)
    {
        await using var server = await ChatServer.StartAsync();
        server.Answer = (_, http) => ChatServer.RefuseAsync(http, status, "30");
        await TellsAllTheSame(server);
    }

    [Fact]
    public async Task So_does_one_that_drops_every_stream()
    {
        await using var server = await ChatServer.StartAsync();
        server.Answer = async (_, http) =>
        {
            await ChatServer.BeginAsync(http);
            await ChatServer.ChunkAsync(http, "NARRATION｜The rain ");
            http.Abort();
        };
        await TellsAllTheSame(server);
    }

    [Theory]
    [InlineData("As an AI language model I cannot continue this story.")]
    [InlineData("NARRATION｜Rain.\nZED｜I was never in this film, and I speak all the same, at some length, for the sake of it.")]
    [InlineData("旁白｜这一段本来应该用英文写，模型却写成了中文，而且写得不短。\n旁白｜又来一句。")]
    [InlineData("{\"lines\": [\"The answer that nobody asked for\"]}")]
    [InlineData("NARRATION｜The rain falls on the roof.\nNARRATION｜The rain falls on the roof.\nNARRATION｜The rain falls on the roof.\nNARRATION｜The rain falls on the roof.")]
    public async Task So_does_one_that_lies(string lie)
    {
        await using var server = await ChatServer.StartAsync();
        server.Answer = (request, http) => ChatServer.SayAsync(http, request.Last.Contains("\"gist\"", StringComparison.Ordinal) ? Parrot.Answer(request) : lie);
        (await TellsAllTheSame(server, waits: true)).ShouldAllBe(beat => beat.Fallback == Fallback.Refused);
    }

    private static async Task<List<Beat>> TellsAllTheSame(ChatServer server, bool waits = false)
    {
        await using var hall = await TestHall.OpenAsync(writer: Writer(server));
        var session = (await hall.ScheduleAsync()).Session;
        await PlayAsync(hall, session, waits);
        var ended = (await hall.Grains.Session(session).Look())!.Stage;
        ended.Beat!.Ends.ShouldBeTrue();
        Math.Abs(hall.Clock.NowMs - ended.EndsAtMs!.Value).ShouldBeLessThan(12_000);
        var beats = await hall.WrittenAsync(session);
        beats.ShouldAllBe(beat => beat.Writer == "storylet" && beat.Fallback != Fallback.None);
        return beats;
    }

    /// <summary>Plays to the end. A model works in its own time: where it matters the clock stands until everything planned is written.</summary>
    private static async Task PlayAsync(TestHall hall, SessionId session, bool waits)
    {
        if (waits) await WrittenAsync(hall, session);
        await hall.OperateAsync(session, OperatorAction.Start);
        for (var steps = 0; (await hall.Grains.Session(session).Look())!.Stage.Phase != SessionPhase.Ended; steps++)
        {
            steps.ShouldBeLessThan(4000, "the show never ended");
            if (waits) await WrittenAsync(hall, session);
            hall.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task WrittenAsync(TestHall hall, SessionId session)
    {
        for (var asked = 0; ; asked++)
        {
            asked.ShouldBeLessThan(20_000, "the beats were never written");
            await hall.Grains.Session(session).Look();
            var (planned, written) = (0, 0);
            await foreach (var row in hall.Journal.ReadAsync(session.Stream))
            {
                planned += row.Type == nameof(PlanMade) ? 1 : 0;
                written += row.Type == nameof(BeatPrepared) ? 1 : 0;
            }

            if (written >= planned) return;
        }
    }

    /// <summary>With slots to spare: who finds none asks again by the clock, which stands here.</summary>
    private static ModelWriter Writer(ChatServer server)
    {
        var settings = new ModelEndpoint { Name = "hall", Url = server.Url, Model = "parrot", Slots = 16 };
        return new ModelWriter(new Endpoints([new Orleans.Story.Inference.Models.Endpoint(settings, Endpoints.Connect(settings, key: null), TimeProvider.System)]), TimeProvider.System);
    }
}

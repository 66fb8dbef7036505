using Microsoft.AspNetCore.Http;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Inference.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>
/// A model server over real HTTP that is gone in the middle of a stream: its sockets drop, its port is shut, and it never comes
/// back. The show is told on, and the record says by whom and why.
/// </summary>
public sealed class ServerDeathTests
{
    [Fact]
    public async Task The_film_tells_on_and_the_record_says_that_the_writer_failed()
    {
        await using var server = await ChatServer.StartAsync();
        var writer = new AttendedWriter(Writer(server));
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = await DropsAsync(hall, server);
        var show = await ToldAsync(hall, session, writer);
        show.Beats.Length.ShouldBeGreaterThan(3);
        show.Beats[0].Writing.ShouldNotBeNull().Endpoint.ShouldBe("parrot");
        show.Beats.Skip(1).ShouldAllBe(beat => beat.Writer == "storylet" && beat.Fallback == Fallback.Failed && beat.Ready == true);
        show.FallbackReasons.ShouldBe([new FallbackShare(Fallback.Failed, show.Beats.Length - 1)]);
        // The opening alone was paid for and told; of the streams that dropped no server ever said what they cost.
        var opening = show.Beats[0].Writing!.TokensIn + show.Beats[0].Writing!.TokensOut;
        show.Speculation.ShouldBe(new Speculation(show.Beats.Length - 1, show.Beats.Length - 1, 0, 1, 0, opening, 0, 0, 0));
    }

    [Fact]
    public async Task The_next_server_goes_on_with_the_same_beat_and_nobody_stands_in()
    {
        await using var server = await ChatServer.StartAsync();
        await using var spare = await ChatServer.StartAsync();
        var writer = new AttendedWriter(Writer(server, spare));
        await using var hall = await TestHall.OpenAsync(writer: writer);
        var session = await DropsAsync(hall, server, spare);
        var show = await ToldAsync(hall, session, writer);
        show.Beats.Select(beat => beat.Writing.ShouldNotBeNull().Endpoint).ShouldBe(["parrot", .. Enumerable.Repeat("macaw", show.Beats.Length - 1)]);
        show.Fallbacks.ShouldBe(0);
        show.Beats.Skip(1).ShouldAllBe(beat => beat.Ready == true);
        show.Writers.Select(one => one.Writer).ShouldBe(["macaw", "parrot"]);
        show.Speculation!.ReadyByModel.ShouldBe(show.Beats.Length - 1);
    }

    /// <summary>The opening is the model's. In the middle of the beats after it the server is gone.</summary>
    private static async Task<SessionId> DropsAsync(TestHall hall, ChatServer server, ChatServer? spare = null)
    {
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        var streams = 0;
        server.Answer = async (_, http) =>
        {
            await ChatServer.BeginAsync(http);
            await ChatServer.ChunkAsync(http, "NARRATION｜The rain ");
            Interlocked.Increment(ref streams);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await hall.OperateAsync(session, OperatorAction.Start);
        var options = (await hall.WrittenAsync(session))[0].Options.Length;
        for (var asked = 0; Volatile.Read(ref streams) < options; asked++)
        {
            asked.ShouldBeLessThan(20_000, "the streams never began");
            await hall.Grains.Session(session).Look();
        }

        // From here on it may be asked at any moment.
        spare?.Requests.ShouldBeEmpty("it comes second");
        await server.DisposeAsync();
        return session;
    }

    /// <summary>Plays to the end; the show's clock stands while the writer is at work.</summary>
    private static async Task<Insights> ToldAsync(TestHall hall, SessionId session, AttendedWriter writer)
    {
        for (var steps = 0; (await hall.Grains.Session(session).Look())!.Stage.Phase != SessionPhase.Ended; steps++)
        {
            steps.ShouldBeLessThan(4000, "the show never ended");
            for (var asked = 0; asked < 10 || writer.Working > 0; asked++)
            {
                asked.ShouldBeLessThan(20_000, "the writer never let go");
                await hall.Grains.Session(session).Look();
            }

            hall.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return (await hall.Grains.Session(session).Insights()).ShouldNotBeNull();
    }

    /// <summary>A model a server, in order. Whoever finds no slot asks again by the clock, so there are slots to spare.</summary>
    private static ModelWriter Writer(params ChatServer[] servers)
    {
        string[] names = ["parrot", "macaw"];
        return new ModelWriter(
            new Endpoints(servers.Select((server, order) =>
            {
                var settings = new ModelEndpoint { Name = names[order], Url = server.Url, Model = names[order], Slots = 16, Order = order };
                return new Orleans.Story.Inference.Models.Endpoint(settings, Endpoints.Connect(settings, key: null), TimeProvider.System);
            })),
            TimeProvider.System);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Hostile;

/// <summary>
/// What no single frame or request shows: floods, crowds of sockets, clients that stop in the middle. Counts and exactness
/// only; how little the rest of the hall notices is measured by the bench.
/// </summary>
public sealed class ConductTests
{
    private const string BadCast = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Cast\",\"arguments\":[{\"round\":0,\"choice\":[9],\"n\":1}]}\u001e";
    private const string Unbound = "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Cast\",\"arguments\":[\"x\"]}\u001e";

    [Fact]
    public async Task A_seat_that_floods_is_answered_for_its_burst_then_slowed_down_then_closed()
    {
        await using var hall = await PlayingHall.Open(options => options with { Casts = new Rate(0.001, 10), Frames = new Rate(0.001, 50) });
        var (guest, _) = await Guest.Join(hall);
        using (guest)
        {
            await guest.Shake();
            for (var i = 0; i < 200; i++) await guest.Say(BadCast);
            await guest.Closed("a flood to be closed");
            var answers = guest.Completions();
            answers.Count(answer => FrameRunner.IsRefusal(answer.GetProperty("result"), "bad-choice")).ShouldBeLessThanOrEqualTo(10);
            answers.Count.ShouldBeLessThanOrEqualTo(50);
            answers.Where(answer => !FrameRunner.IsRefusal(answer.GetProperty("result"), "bad-choice"))
                .ShouldAllBe(answer => FrameRunner.IsRefusal(answer.GetProperty("result"), "slow-down"));
        }

        await Wait.For("the flood to be counted", () => hall.Counters[Counters.Unparsable] == 1);
        await hall.Verdict();
    }

    [Fact]
    public async Task Frames_that_bind_to_nothing_are_limited_too_and_nothing_is_logged()
    {
        await using var hall = await PlayingHall.Open(options => options with { Frames = new Rate(0.001, 30) });
        var (guest, _) = await Guest.Join(hall);
        using (guest)
        {
            await guest.Shake();
            for (var i = 0; i < 100; i++) await guest.Say(Unbound);
            await guest.Closed("a flood to be closed");
            guest.Completions().Count.ShouldBeLessThanOrEqualTo(30);
        }

        hall.Log.ShouldBeEmpty();
        await hall.Verdict();
    }

    [Fact]
    public async Task Of_a_seats_sockets_that_never_shake_hands_only_so_many_are_let_in_and_each_is_closed_in_time()
    {
        await using var hall = await PlayingHall.Open(options => options with
        {
            HandshakeWithin = TimeSpan.FromSeconds(1), SocketsPerSeat = 8, ConnectsPerSeat = new Rate(0.001, 1_000),
        });
        var seat = await Guest.Seat(hall);
        List<Guest> open = [];
        for (var i = 0; i < 8; i++) open.Add(await Guest.Connect(hall.Address, "audience", seat.Ticket));
        for (var i = 0; i < 50; i++) await Refused(() => Guest.Connect(hall.Address, "audience", seat.Ticket));
        // Half of them send half a handshake.
        foreach (var guest in open.Take(4)) await guest.Say("{\"protocol\":\"js");
        foreach (var guest in open) guest.Listen();
        foreach (var guest in open) await guest.Closed("a silent socket to be closed");
        foreach (var guest in open) guest.Dispose();

        // Their places are free again, and the seat itself was never in danger.
        await Wait.For("a place", async () =>
        {
            try
            {
                using var back = await Guest.Connect(hall.Address, "audience", seat.Ticket);
                await back.Shake();
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
        hall.Log.ShouldBeEmpty();
        await hall.Verdict();
    }

    [Fact]
    public async Task A_phone_that_reconnects_a_hundred_times_is_told_to_slow_down_and_so_are_no_others()
    {
        await using var hall = await PlayingHall.Open(options => options with { ConnectsPerSeat = new Rate(0.001, 10) });
        var seat = await Guest.Seat(hall);
        var let = 0;
        for (var i = 0; i < 100; i++)
        {
            try
            {
                using var guest = await Guest.Connect(hall.Address, "audience", seat.Ticket);
                await guest.Shake();
                let++;
            }
            catch (WebSocketException)
            {
                // 429: too fast.
            }
        }

        let.ShouldBe(10);
        hall.Counters[Counters.Refused("slow-down")].ShouldBe(90);
        var (other, _) = await Guest.Join(hall);
        using (other) await other.Shake();
        hall.Log.ShouldBeEmpty();
        await hall.Verdict();
    }

    [Fact]
    public async Task A_client_that_never_reads_is_given_up_and_costs_nobody_a_receipt()
    {
        await using var hall = await PlayingHall.Open(options => options with { Casts = new Rate(1e6, 1e6), Others = new Rate(1e6, 1e6), Frames = new Rate(1e6, 1e6) });
        var seat = await Guest.Seat(hall);
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096, NoDelay = true };
        await deaf.ConnectAsync(hall.Address.Host, hall.Address.Port);
        await deaf.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /hubs/audience?access_token={seat.Ticket} HTTP/1.1\r\nHost: {hall.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await deaf.SendAsync(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"));

        // It asks for the whole present again and again and reads none of it: soon a write hangs.
        var ask = Frame("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Now\",\"arguments\":[]}\u001e");
        using var stalled = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            try
            {
                while (!stalled.IsCancellationRequested) await deaf.SendAsync(ask, stalled.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Given up by the server, which is what the test waits for.
            }
        });
        await Wait.For("the deaf client to be given up", () =>
        {
            hall.Clock.Push(TimeSpan.FromMilliseconds(200));
            return hall.Counters[Counters.Aborted] == 1;
        });
        await stalled.CancelAsync();
        await asking;
        hall.Log.ShouldBeEmpty();
        await hall.Verdict();
    }

    [Fact]
    public async Task Sockets_that_say_nothing_or_half_a_request_are_closed_in_time()
    {
        await using var hall = await PlayingHall.Open(options => options with { HeadersWithin = TimeSpan.FromSeconds(1), KeepAlive = TimeSpan.FromSeconds(1) });
        var sockets = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(hall.Address.Host, hall.Address.Port);
            if (i % 2 == 0) await client.GetStream().WriteAsync("GET /api/hall HTTP/1.1\r\nX-Slow: "u8.ToArray());
            sockets.Add(client);
        }

        using var patience = new CancellationTokenSource(Wait.Patience);
        var buffer = new byte[4_096];
        foreach (var client in sockets)
        {
            while (await client.GetStream().ReadAsync(buffer, patience.Token) > 0)
            {
            }

            client.Dispose();
        }

        hall.Log.ShouldBeEmpty();
        await hall.Verdict();
    }

    [Fact]
    public async Task Made_up_sessions_bring_nothing_to_life()
    {
        await using var hall = await PlayingHall.Open();
        var feeds = hall.Services.GetService(typeof(Gateway.Fanout.SessionFeeds)).ShouldBeOfType<Gateway.Fanout.SessionFeeds>();
        var before = feeds.All().Count;
        for (var i = 0; i < 200; i++)
        {
            var made = SessionId.New(DateTimeOffset.UnixEpoch.AddMinutes(i));
            using var picture = await hall.Http.GetAsync($"/api/sessions/{made}/join.svg");
            picture.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        feeds.All().Count.ShouldBe(before);
        await hall.Verdict();
    }

    [Fact]
    public async Task A_thousand_viewers_join_through_one_address_within_a_minute_while_somebody_there_guesses()
    {
        await using var hall = await PlayingHall.Open(options => options with { FailedJoins = new Rate(1, 60) }, phones: 4);
        var guesses = 0;
        var slowed = 0;
        using var enough = new CancellationTokenSource();
        var guessing = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                using var answer = await hall.Http.PostAsJsonAsync("/api/join", new JoinRequest("NOSUCH", null, "en"), Json.Options);
                Interlocked.Increment(ref guesses);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref slowed);
            }
        }));
        await Wait.For("the guesser to have used up the address", () => Volatile.Read(ref slowed) > 0);
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await Guest.Seat(hall));
        await enough.CancelAsync();
        await guessing;
        slowed.ShouldBeGreaterThan(0);
        await hall.Verdict();
    }

    private static async Task Refused(Func<Task<Guest>> connect)
    {
        var refused = await Should.ThrowAsync<WebSocketException>(connect);
        refused.Message.ShouldContain("429");
    }

    /// <summary>A masked text frame of less than 126 bytes.</summary>
    private static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        body.Length.ShouldBeLessThan(126);
        return [0x81, (byte)(0x80 | body.Length), 0, 0, 0, 0, .. body];
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Tests.Gateway;

/// <summary>The line as bytes: what a client other than SignalR's own may rely on.</summary>
public sealed class PhoneLineTests
{
    private const string Vote = "{\"type\":1,\"invocationId\":\"a\",\"target\":\"Cast\",\"arguments\":[{\"round\":0,\"choice\":[1],\"n\":1}]}\u001e";

    [Fact]
    public async Task Messages_are_parted_by_their_mark_and_not_by_frames()
    {
        await using var hall = await Hall.Open();
        using var phone = await Connect(hall);
        await Send(phone, "{\"protocol\":\"json\",\"version\":1}\u001e" + Vote[..20]);
        await Send(phone, Vote[20..40]);
        await Send(phone, Vote[40..] + Vote.Replace("\"a\"", "\"b\"", StringComparison.Ordinal).Replace("\"n\":1", "\"n\":2", StringComparison.Ordinal), inPieces: true);

        var records = await Read(phone, 3);

        records[0].ShouldBe("{}");
        records.Skip(1).Select(record => JsonDocument.Parse(record).RootElement.GetProperty("invocationId").GetString()).Order().ShouldBe(["a", "b"]);
        hall.Shard.Batches.SelectMany(batch => batch.Ballots).Max(ballot => ballot.N).ShouldBe(2);
    }

    [Fact]
    public async Task A_receipt_is_written_as_the_protocol_says()
    {
        await using var hall = await Hall.Open();
        using var phone = await Connect(hall, seat: 42);
        await Send(phone, "{\"protocol\":\"json\",\"version\":1}\u001e" + Vote);
        var receipt = JsonDocument.Parse((await Read(phone, 2))[1]).RootElement;
        receipt.GetProperty("type").GetInt32().ShouldBe(3);
        receipt.GetProperty("result").GetProperty("receipt").GetProperty("status").GetString().ShouldBe("Counted");
        receipt.GetProperty("result").GetProperty("receipt").GetProperty("seat").GetInt32().ShouldBe(42);
        receipt.GetProperty("result").GetProperty("refusal").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Nobody\",\"arguments\":[]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Cast\",\"arguments\":[1,2]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Cast\",\"arguments\":[{\"round\":\"zero\"}]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"x\",\"target\":\"Dispose\",\"arguments\":[]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"x\",\"target\":\"OnConnectedAsync\",\"arguments\":[]}")]
    public async Task A_call_that_does_not_fit_is_answered_with_an_error_and_the_line_goes_on(string call)
    {
        await using var hall = await Hall.Open();
        using var phone = await Connect(hall);
        await Send(phone, "{\"protocol\":\"json\",\"version\":1}\u001e" + call + "\u001e");
        var answer = JsonDocument.Parse((await Read(phone, 2))[1]).RootElement;
        answer.GetProperty("invocationId").GetString().ShouldBe("x");
        answer.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        await Send(phone, Vote);
        (await Read(phone, 1))[0].ShouldContain("Counted");
        hall.Shard.Batches.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{\"protocol\":\"messagepack\",\"version\":1}\u001e")]
    [InlineData("not json\u001e")]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001enot json\u001e")]
    public async Task What_is_not_the_protocol_ends_the_line(string said)
    {
        await using var hall = await Hall.Open();
        using var phone = await Connect(hall);
        await Send(phone, said);
        while (await Receive(phone) is not null)
        {
        }
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_gets_no_line()
    {
        await using var hall = await Hall.Open();
        var ticket = hall.Tickets.Issue(new ViewerTicket(hall.Session, 1, ViewerId.New())).Ticket;
        using var answer = await hall.Http.GetAsync(new Uri("/hubs/audience?access_token=" + ticket, UriKind.Relative));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    private static async Task<ClientWebSocket> Connect(Hall hall, int seat = 1)
    {
        var socket = new ClientWebSocket();
        var ticket = hall.Tickets.Issue(new ViewerTicket(hall.Session, seat, ViewerId.New())).Ticket;
        await socket.ConnectAsync(new UriBuilder(hall.Address) { Scheme = "ws", Path = "/hubs/audience", Query = "access_token=" + ticket }.Uri, CancellationToken.None);
        return socket;
    }

    private static async Task Send(ClientWebSocket socket, string text, bool inPieces = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var half = inPieces ? bytes.Length / 2 : 0;
        if (inPieces) await socket.SendAsync(bytes.AsMemory(0, half), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        await socket.SendAsync(bytes.AsMemory(half), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    /// <summary>The next records that are answers; pushes of the show come in between.</summary>
    private static async Task<List<string>> Read(ClientWebSocket socket, int count)
    {
        var records = new List<string>();
        while (records.Count < count)
        {
            var message = await Receive(socket) ?? throw new IOException("The line ended.");
            records.AddRange(message.Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Where(record => !record.Contains("\"target\"", StringComparison.Ordinal)));
        }

        return records;
    }

    private static async Task<string?> Receive(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Hall.Patience);
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), patience.Token);
                if (read.MessageType == WebSocketMessageType.Close) return null;
                filled += read.Count;
                if (read.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, filled);
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}

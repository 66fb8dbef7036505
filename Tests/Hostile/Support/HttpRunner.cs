using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>Writes one case's request byte for byte and tells what was not answered as expected.</summary>
internal sealed class HttpRunner(PlayingHall hall, IReadOnlyDictionary<string, string> names)
{
    public async Task<IReadOnlyList<string>> Run(CorpusCase one)
    {
        List<string> wrong = [];
        var expect = one.Expect;
        var refused = expect.Code is null ? 0 : hall.Counters[Counters.Refused(expect.Code)];
        var answer = await Ask(hall.Address, Request(one), $"an answer to '{one.Name}'", one.Method == "HEAD");
        hall.Witness.Admit(expect.Seats);
        if (expect.Dropped) return answer.Raw.Length == 0 ? [] : [$"answered {answer.Status}: {Brief(answer.Raw)}"];
        if (answer.Status != expect.Status) wrong.Add($"status {answer.Status} instead of {expect.Status}: {Brief(answer.Raw)}");
        if (expect.Code is { } code)
        {
            if (!IsRefusal(answer.Body, code)) wrong.Add($"not the refusal '{code}': {Brief(answer.Body)}");
            if (hall.Counters[Counters.Refused(code)] != refused + 1) wrong.Add($"{hall.Counters[Counters.Refused(code)] - refused} refusals '{code}' counted");
        }

        if (answer.Head.Contains("\nServer:", StringComparison.OrdinalIgnoreCase)) wrong.Add("tells what server it is");
        if (answer.Head.Contains("Access-Control-", StringComparison.OrdinalIgnoreCase)) wrong.Add("allows another origin");
        wrong.AddRange(hall.Witness.Leaks(answer.Raw));
        return wrong;
    }

    /// <summary>Asks on a connection of its own and reads until the end of the answer.</summary>
    public static async Task<Answer> Ask(Uri server, string request, string what, bool headOnly = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        client.NoDelay = true;
        var stream = client.GetStream();
        var writing = Write(stream, request);
        using var patience = new CancellationTokenSource(Wait.Patience);
        var raw = new StringBuilder();
        var buffer = new byte[32 * 1024];
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer, patience.Token);
                if (count == 0) break;
                raw.Append(Encoding.UTF8.GetString(buffer, 0, count));
                if (Answer.Of(raw.ToString()) is var whole && (whole.IsWhole || (headOnly && whole.Status != 0))) return whole;
            }
        }
        catch (IOException)
        {
            // Reset: whatever came before it is the answer.
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Waited for {what}; there was {raw}", e);
        }

        await writing;
        return Answer.Of(raw.ToString());
    }

    private static async Task Write(NetworkStream stream, string request)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Latin(request)));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server has read enough; its answer says so.
        }
    }

    /// <summary>UTF-8 bytes as Latin-1 characters, so that <c>\u00ff</c> and the like in raw requests stay single bytes where meant.</summary>
    private static string Latin(string request) => request.All(letter => letter < 256) ? request : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(request));

    private string Request(CorpusCase one)
    {
        if (one.Raw is { } raw) return Macros.Expand(raw, names);
        var body = Macros.Expand(one.Body ?? "", names);
        var request = new StringBuilder();
        request.Append(CultureInfo.InvariantCulture, $"{one.Method ?? "GET"} {Macros.Expand(one.Path ?? "/", names)} HTTP/1.1\r\n");
        var headers = (one.Headers ?? []).Select(header => Macros.Expand(header, names)).ToArray();
        if (!Has(headers, "Host")) request.Append(CultureInfo.InvariantCulture, $"Host: {names["host"]}\r\n");
        foreach (var header in headers) request.Append(header).Append("\r\n");
        if (one.Body is not null)
        {
            if (!Has(headers, "Content-Type")) request.Append("Content-Type: application/json\r\n");
            if (!Has(headers, "Content-Length") && !Has(headers, "Transfer-Encoding"))
            {
                request.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
            }
        }

        return request.Append("\r\n").Append(body).ToString();
    }

    private static bool Has(string[] headers, string name) => headers.Any(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    private static bool IsRefusal(string body, string code)
    {
        try
        {
            return FrameRunner.IsBareRefusal(JsonSerializer.Deserialize<JsonElement>(body), code);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Brief(string text) => text.Length <= 300 ? text : text[..300] + "…";
}

/// <summary>An HTTP answer as it came.</summary>
internal sealed record Answer(string Raw, int Status, string Head, string Body, bool IsWhole)
{
    public static Answer Of(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return new Answer(raw, 0, raw, "", false);
        var head = raw[..end];
        var rest = raw[(end + 4)..];
        var status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = head.Split("\r\n").Skip(1).Select(line => line.Split(':', 2)).ToDictionary(
            pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase, last: true);
        if (status is 101 or 204 or 304) return new Answer(raw, status, head, "", true);
        if (headers.TryGetValue("Content-Length", out var length))
        {
            return new Answer(raw, status, head, rest, Encoding.UTF8.GetByteCount(rest) >= int.Parse(length, CultureInfo.InvariantCulture));
        }

        if (!headers.ContainsKey("Transfer-Encoding")) return new Answer(raw, status, head, rest, false);
        return new Answer(raw, status, head, Unchunk(rest), rest.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
    }

    /// <summary>Our answers are small and leave in one chunk; text between chunk sizes is joined.</summary>
    private static string Unchunk(string body)
    {
        var joined = new StringBuilder();
        for (var at = 0; at < body.Length;)
        {
            var line = body.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0) break;
            var bytes = int.Parse(body[at..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (bytes == 0) break;
            var text = Encoding.UTF8.GetBytes(body[(line + 2)..]);
            var chunk = Encoding.UTF8.GetString(text, 0, Math.Min(bytes, text.Length));
            joined.Append(chunk);
            at = line + 2 + chunk.Length + 2;
        }

        return joined.ToString();
    }
}

/// <summary>A dictionary that lets the last of equal keys win, as repeated headers may.</summary>
internal static class Lookups
{
    public static Dictionary<string, TValue> ToDictionary<T, TValue>(
        this IEnumerable<T> source, Func<T, string> key, Func<T, TValue> value, StringComparer comparer, bool last)
    {
        var made = new Dictionary<string, TValue>(comparer);
        foreach (var one in source)
        {
            if (last || !made.ContainsKey(key(one))) made[key(one)] = value(one);
        }

        return made;
    }
}

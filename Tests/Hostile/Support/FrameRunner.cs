using System.Net.WebSockets;
using System.Text.Json;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>Says one case's frames at a hub, from a seat of its own, and tells what did not come of it as expected.</summary>
internal sealed class FrameRunner(PlayingHall hall, IReadOnlyDictionary<string, string> names)
{
    private const string Barrier = "barrier";

    public async Task<IReadOnlyList<string>> Run(CorpusCase one)
    {
        var seat = one.Hub == "audience" ? await Guest.Seat(hall) : null;
        if (seat is not null && one.Expect.Choice is { } choice) hall.Crowd.Ballots[(seat.Seat, one.Expect.N)] = choice;
        using var guest = await Guest.Connect(
            hall.Address, one.Hub, seat?.Ticket ?? (one.Hub == "wall" ? names["wall"] : null), one.Hub == "console" ? names["staff"] : null);
        List<string> wrong = [];
        if (one.Unshaken) guest.Listen();
        else await guest.Shake();
        var counted = hall.Counters[Counters.Unparsable];
        var code = one.Expect.Error ?? one.Expect.Refusal;
        var refused = code is null ? 0 : hall.Counters[Counters.Refused(code)];
        await Say(guest, one);
        if (one.Expect.Closed is { } how) await Closed(guest, how, counted, one, wrong);
        else await Answered(guest, one, seat?.Seat ?? 0, wrong);
        if (code is not null && hall.Counters[Counters.Refused(code)] != refused + one.Expect.Times)
        {
            wrong.Add($"{hall.Counters[Counters.Refused(code)] - refused} refusals '{code}' counted instead of {one.Expect.Times}");
        }

        wrong.AddRange(hall.Witness.Leaks(guest.Heard));
        return wrong;
    }

    private async Task Say(Guest guest, CorpusCase one)
    {
        foreach (var frame in one.Frames ?? []) await guest.Say(Macros.Expand(frame, names));
        if (one.Pieces is { } pieces)
        {
            for (var i = 0; i < pieces.Count; i++) await guest.Say(Macros.Expand(pieces[i], names), last: i == pieces.Count - 1);
        }

        if (one.Binary is { } hex) await guest.Send(Convert.FromHexString(hex), WebSocketMessageType.Binary);
        if (one.Call is { } target)
        {
            var id = one.Id.Length == 0 ? "" : $"\"invocationId\":{Macros.Expand(one.Id, names)},";
            var arguments = Macros.Expand(one.Args ?? one.Arguments?.GetRawText() ?? "[]", names);
            await guest.Say($"{{\"type\":1,{id}\"target\":{JsonSerializer.Serialize(target)},\"arguments\":{arguments}}}{Guest.End}");
        }
    }

    private async Task Closed(Guest guest, string how, long counted, CorpusCase one, List<string> wrong)
    {
        await guest.Closed($"'{one.Name}' to be closed");
        if (how == "unparsable") await Wait.For($"'{one.Name}' to be counted", () => hall.Counters[Counters.Unparsable] > counted);
        var now = hall.Counters[Counters.Unparsable] - counted;
        if (now != (how == "unparsable" ? 1 : 0)) wrong.Add($"{now} unparsable frames counted");
        if (one.Expect.Said is { } said && !guest.Heard.Contains(said, StringComparison.Ordinal)) wrong.Add($"said {guest.Heard} instead of {said}");
        if (guest.Completions().Count > 0) wrong.Add($"answered {guest.Completions()[0]}");
    }

    private async Task Answered(Guest guest, CorpusCase one, int seat, List<string> wrong)
    {
        var expect = one.Expect;
        var times = expect.Silent ? 0 : expect.Times;
        await Wait.For($"an answer to '{one.Name}'", () => guest.IsClosed || guest.Completions().Count >= times);
        await guest.Barrier(Barrier);
        if (guest.IsClosed)
        {
            wrong.Add($"the connection was closed; it heard {Brief(guest.Heard)}");
            return;
        }

        var answers = guest.Completions().Where(answer => Guest.Id(answer) != Barrier).ToArray();
        if (answers.Length != times) wrong.Add($"{answers.Length} answers instead of {times}");
        foreach (var answer in answers)
        {
            if (Mismatch(answer, expect, seat) is { } mismatch) wrong.Add($"{mismatch}: {Brief(answer.ToString())}");
        }
    }

    private string? Mismatch(JsonElement answer, Expectation expect, int seat)
    {
        if (expect.Error is { } error)
        {
            var plain = answer.EnumerateObject().All(member => member.Name is "type" or "invocationId" or "error");
            return plain && answer.TryGetProperty("error", out var said) && said.GetString() == error ? null : $"not the error '{error}'";
        }

        if (!answer.TryGetProperty("result", out var result))
        {
            return expect.Result is { } nothing && !nothing.EnumerateObject().Any() && !answer.TryGetProperty("error", out _) ? null : "no result";
        }

        if (expect.Refusal is { } code) return IsRefusal(result, code) ? null : $"not the refusal '{code}'";
        if (expect.Receipt is { } status)
        {
            var cast = result.Deserialize<CastAnswer>(Gateway.Api.Json.Options);
            if (cast?.Receipt is not { } receipt || receipt.Status.ToString() != status || receipt.Seat != seat) return $"not a receipt '{status}' of seat {seat}";
            if (receipt.Status == ReceiptStatus.Counted) hall.Crowd.Ledger.Record(receipt);
            var standing = status == "Busy" ? (0, "") : (expect.N, expect.Choice ?? "");
            return (receipt.N, receipt.Choice) == standing ? null : "another ballot stands";
        }

        return expect.Result is { } wanted && wanted.EnumerateObject().All(member =>
            result.TryGetProperty(member.Name, out var got) && got.GetRawText() == member.Value.GetRawText()) ? null : "not the result";
    }

    /// <summary>The documented shape and nothing beside it.</summary>
    public static bool IsRefusal(JsonElement answer, string code)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("refusal", out var refusal)) return false;
        var receipt = answer.TryGetProperty("receipt", out var held) && held.ValueKind != JsonValueKind.Null;
        return !receipt && IsBareRefusal(refusal, code);
    }

    public static bool IsBareRefusal(JsonElement refusal, string code) =>
        refusal.ValueKind == JsonValueKind.Object
        && refusal.EnumerateObject().Select(member => member.Name).SequenceEqual(["code", "sentence"], StringComparer.Ordinal)
        && refusal.GetProperty("code").GetString() == code
        && refusal.GetProperty("sentence") is { ValueKind: JsonValueKind.Object } sentence
        && sentence.EnumerateObject().Select(member => member.Name).SequenceEqual(["en", "zh"], StringComparer.Ordinal)
        && sentence.EnumerateObject().All(member => member.Value.GetString()!.Length > 3);

    private static string Brief(string text) => text.Length <= 300 ? text : text[..300] + "…";
}

using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Rules.Voting;
using Microsoft.AspNetCore.SignalR.Client;

namespace Orleans.Story.Tests.Gateway;

public sealed class RecordTests
{
    private const string Secret = "00112233445566778899aabbccddeeff";

    [Fact]
    public async Task The_code_on_a_phones_receipt_is_found_in_the_record_after_the_show()
    {
        await using var hall = await Hall.Open();
        hall.Show.Secret = Secret;
        hall.Show.Shards = 2;
        var slips = new List<Receipt>();
        foreach (var seat in Enumerable.Range(1, 12))
        {
            await using var phone = hall.Phone(seat);
            await phone.StartAsync();
            var answer = await phone.InvokeAsync<CastAnswer>("Cast", new CastBallot(0, seat == 1 ? [] : [seat % 2], 1));
            slips.Add(answer.Receipt!);
        }

        (await Ask(hall)).Code.ShouldBe("not-ended");
        End(hall, Round(0), Round(1));
        await Wait.For("the record", () => hall.Http.GetAsync(Path(hall)).Result.StatusCode == HttpStatusCode.OK);

        using var answered = await hall.Http.GetAsync(Path(hall));
        answered.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        answered.Headers.CacheControl!.Public.ShouldBeTrue();
        var record = (await answered.Content.ReadFromJsonAsync<ShowRecord>(Json.Options))!;
        record.Session.ShouldBe(hall.Session);
        record.Title.In("en").ShouldBe("The Pier");
        record.Rounds.Select(round => (round.Choice.Round, round.Rule, round.Ties, round.TieSeed)).ShouldBe(
            [(0, VotingRule.Approval, TieRule.Last, "-9223372036854775808"), (1, VotingRule.Approval, TieRule.Last, "-9223372036854775808")]);
        record.Rounds[0].Book.ShouldBe([new BookLine("0", 1, 2)]);
        var ballots = record.Rounds[0].Ballots;
        ballots.Select(ballot => ballot.Proof).ShouldBe(slips.Select(slip => slip.Proof).Order(StringComparer.Ordinal), "sorted by code, not by seat");
        foreach (var slip in slips) ballots.ShouldContain(new PublishedBallot(slip.Proof, slip.Choice, 1));
        ballots.ShouldContain(ballot => ballot.Choice == "-");
        record.Rounds[1].Ballots.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_round_may_be_asked_for_and_the_answer_has_the_same_shape()
    {
        await using var hall = await Hall.Open();
        End(hall, Round(0), Round(3), Round(7));
        (await Rounds(hall, "")).ShouldBe([0, 3, 7]);
        (await Rounds(hall, "?round=3")).ShouldBe([3]);
        (await Rounds(hall, "?round=4")).ShouldBeEmpty();
        (await hall.Http.GetAsync(Path(hall) + "?round=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_session_of_the_first_version_publishes_ballots_without_codes()
    {
        await using var hall = await Hall.Open();
        hall.Shard.Batches.Enqueue(new BallotBatch(new RoundTerms(0, 2, VotingRule.Plurality), [new Ballot(2, 1, "1"), new Ballot(1, 1, "0")]));
        End(hall, Round(0));
        var record = (await hall.Http.GetFromJsonAsync<ShowRecord>(Path(hall), Json.Options))!;
        record.Rounds[0].Ballots.ShouldBe([new PublishedBallot("", "0", 1), new PublishedBallot("", "1", 1)]);
    }

    [Fact]
    public async Task However_many_ask_the_hall_is_asked_once_and_made_up_ids_wake_nobody()
    {
        await using var hall = await Hall.Open();
        End(hall, Round(0));
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => hall.Http.GetAsync(Path(hall))));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        hall.Show.Looks.ShouldBe(1);

        foreach (var _ in Enumerable.Range(0, 50))
        {
            var guess = SessionId.New(DateTimeOffset.UnixEpoch);
            (await hall.Http.GetAsync($"/api/sessions/{guess}/record")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            hall.Fakes.IsAwake(guess).ShouldBeFalse();
        }

        (await hall.Http.GetAsync("/api/sessions/nonsense/record")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Not_yet_is_remembered_for_a_second_and_then_looked_at_again()
    {
        var clock = new MovableClock();
        await using var hall = await Hall.Open(time: clock);
        foreach (var _ in Enumerable.Range(0, 30)) (await Ask(hall)).Code.ShouldBe("not-ended");
        hall.Show.Looks.ShouldBe(1);
        End(hall, Round(0));
        (await Ask(hall)).Code.ShouldBe("not-ended");
        clock.Move(TimeSpan.FromSeconds(1));
        (await hall.Http.GetAsync(Path(hall))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_late_comer_reads_the_story_with_the_ticket_of_this_session_and_no_other()
    {
        await using var hall = await Hall.Open();
        var told = new ToldBeat(0, Text.Of("en", "One"), Text.Of("en", "Pier"), Text.Of("en", "Night"), [new ToldLine(null, Text.Of("en", "A boat leaves."))], null);
        hall.Show.Told = [told];
        var other = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(3));
        hall.Fakes.Session(other).Stage = Stages.Voting(other);

        using var answer = await Story(hall, hall.Ticket());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var story = (await answer.Content.ReadFromJsonAsync<ToldBeat[]>(Json.Options))!;
        story.ShouldHaveSingleItem().Lines.ShouldHaveSingleItem().Words.Words.ShouldBe("A boat leaves.");

        foreach (var bad in new[] { null, "", "nonsense", hall.Tickets.IssueWall(hall.Session), hall.Tickets.IssueDevice(ViewerId.New()) })
        {
            using var refused = await Story(hall, bad);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await refused.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe("sign-in");
        }

        (await Story(hall, hall.Ticket(), other)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hall.Http.GetAsync($"/api/sessions/{hall.Session}/story?access_token={hall.Ticket()}")).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized, "addresses end up in logs");
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        elsewhere.Headers.Authorization = new("Bearer", hall.Ticket());
        (await hall.Http.SendAsync(elsewhere)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a viewer is no staff");
    }

    [Fact]
    public async Task The_story_is_asked_for_once_a_line_however_many_come_late_and_not_told_to_who_was_sent_away()
    {
        await using var hall = await Hall.Open();
        hall.Show.Sittings = [new Sitting(9, 1, OperatorAction.Ban)];
        for (var seat = 10; seat < 110; seat++) (await Story(hall, hall.Ticket(seat))).StatusCode.ShouldBe(HttpStatusCode.OK);
        hall.Show.Stories.ShouldBe(1);
        await hall.Show.Observer!.StageChanged(Stages.Wordy(hall.Session, 50, 10));
        (await Story(hall, hall.Ticket(10))).StatusCode.ShouldBe(HttpStatusCode.OK);
        hall.Show.Stories.ShouldBe(2);

        using var refused = await Story(hall, hall.Ticket(9));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe("banned");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Story(hall, hall.Ticket(11))));
        answers.ShouldContain(answer => answer.StatusCode == HttpStatusCode.TooManyRequests, "one seat that asks like mad");
    }

    private static string Path(Hall hall) => $"/api/sessions/{hall.Session}/record";

    private static async Task<Refusal> Ask(Hall hall)
    {
        using var answer = await hall.Http.GetAsync(Path(hall));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        return (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!;
    }

    private static async Task<int[]> Rounds(Hall hall, string query)
    {
        using var record = JsonDocument.Parse(await hall.Http.GetStringAsync(Path(hall) + query));
        record.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["session", "title", "rounds"]);
        return [.. record.RootElement.GetProperty("rounds").EnumerateArray().Select(round => round.GetProperty("choice").GetProperty("round").GetInt32())];
    }

    private static async Task<HttpResponseMessage> Story(Hall hall, string? ticket, SessionId? session = null)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{session ?? hall.Session}/story");
        if (ticket is not null) ask.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ticket}");
        return await hall.Http.SendAsync(ask);
    }

    private static void End(Hall hall, params RoundRecord[] rounds)
    {
        hall.Show.Decided = [.. rounds];
        hall.Show.Stage = Stages.Lobby(hall.Session, seq: 99) with { Phase = SessionPhase.Ended };
    }

    private static RoundRecord Round(int round) => new(
        new StageChoice(round, Text.Of("en", "Does she wait?"), [Text.Of("en", "Wait"), Text.Of("en", "Go")], 0, [2, 0], 2, 0, [], []),
        VotingRule.Approval,
        TieRule.Last,
        long.MinValue,
        [new BookLine("0", 1, 2)],
        new RoundOrder(round, 0, []));

    private sealed class MovableClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}

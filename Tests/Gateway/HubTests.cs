using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Gateway;

public sealed class HubTests
{
    [Fact]
    public async Task A_vote_travels_from_the_phone_to_its_shard_and_back()
    {
        await using var hall = await Hall.Open();
        await using var phone = hall.Phone(seat: 42);
        await phone.StartAsync();

        var answer = await Cast(phone, 0, [1], 1);

        answer.Refusal.ShouldBeNull();
        answer.Receipt.ShouldBe(new Receipt(ReceiptStatus.Counted, 0, 42, 1, "1", 0, 1));
        var batch = hall.Shard.Batches.ShouldHaveSingleItem();
        batch.Terms.ShouldBe(new RoundTerms(0, 2, VotingRule.Plurality));
        batch.Ballots.ShouldBe([new Ballot(42, 1, "1")]);
    }

    [Fact]
    public async Task The_present_holds_stage_tally_standing_ballot_and_seat()
    {
        await using var hall = await Hall.Open();
        hall.Show.Tally = Stages.Tally(5, 0, 2, 3);
        await using var phone = hall.Phone(seat: 7);
        await phone.StartAsync();
        await Cast(phone, 0, [0], 3);

        var now = await phone.InvokeAsync<PhoneNow>("Now");

        now.Stage.Session.ShouldBe(hall.Session);
        now.Tally!.Counts.ShouldBe([2, 3]);
        now.Receipt.ShouldBe(new Receipt(ReceiptStatus.Counted, 0, 7, 3, "0", 0, 1));
        now.Seat.ShouldBe(7);
    }

    [Theory]
    [InlineData(0, new[] { 0, 1 }, 1, "bad-choice")]
    [InlineData(0, new[] { 2 }, 1, "bad-choice")]
    [InlineData(0, new[] { -1 }, 1, "bad-choice")]
    [InlineData(0, new[] { 0, 0 }, 1, "bad-choice")]
    [InlineData(0, null, 1, "bad-choice")]
    [InlineData(0, new[] { 0 }, 0, "bad-ballot")]
    [InlineData(0, new[] { 0 }, 2_000_000, "bad-ballot")]
    [InlineData(-1, new[] { 0 }, 1, "round-closed")]
    [InlineData(9, new[] { 0 }, 1, "round-closed")]
    public async Task A_vote_that_does_not_fit_is_refused_with_a_code_and_reaches_no_shard(int round, int[]? choice, int n, string code)
    {
        await using var hall = await Hall.Open();
        await using var phone = hall.Phone();
        await phone.StartAsync();

        var answer = await Cast(phone, round, choice, n);

        answer.Receipt.ShouldBeNull();
        answer.Refusal!.Code.ShouldBe(code);
        answer.Refusal.Sentence.Has("zh").ShouldBeTrue();
        hall.Shard.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approval_takes_several_options_in_any_order()
    {
        await using var hall = await Hall.Open();
        hall.Show.Stage = Stages.Voting(hall.Session, rule: VotingRule.Approval);
        await using var phone = hall.Phone();
        await phone.StartAsync();
        (await Cast(phone, 0, [1, 0], 1)).Receipt!.Choice.ShouldBe("0+1");
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, false)]
    public async Task What_arrives_within_the_grace_after_the_deadline_counts(int lateMs, bool counts)
    {
        var clock = new FrozenClock();
        await using var hall = await Hall.Open(time: clock);
        hall.Show.Stage = Stages.Voting(hall.Session, deadlineMs: clock.GetUtcNow().ToUnixTimeMilliseconds() - lateMs);
        await using var phone = hall.Phone();
        await phone.StartAsync();

        var answer = await Cast(phone, 0, [0], 1);

        answer.Refusal?.Code.ShouldBe("round-closed");
        (answer.Receipt is not null).ShouldBe(counts);
    }

    [Fact]
    public async Task A_paused_show_holds_votes_and_a_sealed_round_takes_none()
    {
        await using var hall = await Hall.Open();
        hall.Show.Stage = Stages.Voting(hall.Session) with { Phase = SessionPhase.Paused };
        await using (var phone = hall.Phone())
        {
            await phone.StartAsync();
            (await Cast(phone, 0, [0], 1)).Refusal!.Code.ShouldBe("held");
        }

        var stage = Stages.Voting(hall.Session, seq: 3);
        await hall.Show.Observer!.StageChanged(stage with { Round = stage.Round! with { State = RoundState.Sealed } });
        await using (var phone = hall.Phone())
        {
            await phone.StartAsync();
            (await Cast(phone, 0, [0], 1)).Refusal!.Code.ShouldBe("round-closed");
        }
    }

    [Fact]
    public async Task A_shard_that_fails_is_busy_to_the_phone_and_the_same_ballot_counts_later()
    {
        await using var hall = await Hall.Open();
        await using var phone = hall.Phone();
        await phone.StartAsync();
        hall.Shard.Answers = _ => throw new TimeoutException();
        (await Cast(phone, 0, [0], 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Busy);
        hall.Shard.Answers = null;
        (await Cast(phone, 0, [0], 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
    }

    [Fact]
    public async Task A_seat_that_taps_like_mad_is_slowed_down_on_all_its_tabs()
    {
        await using var hall = await Hall.Open(new GatewayOptions { Casts = new Rate(PerSecond: 0.001, Burst: 3) });
        await using var tab = hall.Phone(seat: 1);
        await using var otherTab = hall.Phone(seat: 1);
        await using var neighbour = hall.Phone(seat: 2);
        foreach (var phone in new[] { tab, otherTab, neighbour }) await phone.StartAsync();

        (await Cast(tab, 0, [0], 1)).Receipt.ShouldNotBeNull();
        (await Cast(otherTab, 0, [0], 2)).Receipt.ShouldNotBeNull();
        (await Cast(tab, 0, [0], 3)).Receipt.ShouldNotBeNull();
        (await Cast(otherTab, 0, [0], 4)).Refusal!.Code.ShouldBe("slow-down");
        (await Cast(neighbour, 0, [0], 1)).Receipt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Feelings_reach_the_shard_and_nonsense_does_not()
    {
        await using var hall = await Hall.Open();
        await using var phone = hall.Phone(seat: 3);
        await phone.StartAsync();
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Suspense", 2))).Refusal.ShouldBeNull();
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Hunger", 2))).Refusal!.Code.ShouldBe("bad-feeling");
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("0", 2))).Refusal!.Code.ShouldBe("bad-feeling");
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Joy", 4))).Refusal!.Code.ShouldBe("bad-feeling");
        await Wait.For("the feeling", () => hall.Shard.Taps.Count == 1);
        hall.Shard.Taps.ShouldBe([new FeelingTap(3, Feeling.Suspense, 2)]);
    }

    [Fact]
    public async Task Without_a_ticket_or_with_the_wrong_one_nobody_comes_in()
    {
        await using var hall = await Hall.Open();
        await using var none = Clients.Hub(hall.Address, "/hubs/audience", null);
        await using var wall = Clients.Hub(hall.Address, "/hubs/audience", hall.Tickets.IssueWall(hall.Session));
        await using var viewer = Clients.Hub(
            hall.Address, "/hubs/wall", hall.Tickets.Issue(new ViewerTicket(hall.Session, 1, ViewerId.New())).Ticket);
        await using var console = Clients.Hub(hall.Address, "/hubs/console", hall.Tickets.IssueWall(hall.Session));
        foreach (var hub in new[] { none, wall, viewer, console }) await Should.ThrowAsync<WebSocketException>(() => hub.StartAsync());
    }

    [Fact]
    public async Task A_ticket_is_for_its_own_session_only()
    {
        await using var hall = await Hall.Open();
        var other = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(2));
        hall.Fakes.Session(other).Stage = Stages.Voting(other);
        await using var phone = Clients.Hub(
            hall.Address, "/hubs/audience", hall.Tickets.Issue(new ViewerTicket(other, 5, ViewerId.New())).Ticket);
        await phone.StartAsync();
        await Cast(phone, 0, [0], 1);
        hall.Shard.Batches.ShouldBeEmpty();
        hall.Fakes.Audience(other).Batches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_fifth_tab_of_a_seat_is_turned_away()
    {
        await using var hall = await Hall.Open();
        var tabs = Enumerable.Range(0, 4).Select(_ => hall.Phone(seat: 1)).ToArray();
        foreach (var tab in tabs) await tab.StartAsync();
        await using var fifth = hall.Phone(seat: 1);
        var closed = new TaskCompletionSource<bool>();
        fifth.Closed += _ =>
        {
            closed.TrySetResult(true);
            return Task.CompletedTask;
        };
        await fifth.StartAsync();
        (await closed.Task.Within("the fifth tab to be closed")).ShouldBeTrue();
        foreach (var tab in tabs) await tab.DisposeAsync();
    }

    [Theory]
    [InlineData("this is not JSON\u001e")]
    [InlineData("{\"type\":1,\"target\":\"Cast\",\"arguments\":[{\"round\":0}\u001e")]
    [InlineData(null)]
    public async Task A_frame_that_cannot_be_read_closes_the_connection_and_is_counted(string? frame)
    {
        await using var hall = await Hall.Open();
        using var counted = new Counted(hall, "story.gateway.unparsable");
        using var socket = await RawPhone.Connect(hall);
        await socket.Say(frame ?? new string('x', 5_000) + "\u001e");
        await socket.UntilClosed();
        await Wait.For("the frame to be counted", () => counted.Total == 1);
        hall.Shard.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_wall_reports_lines_to_its_session()
    {
        await using var hall = await Hall.Open();
        await using var wall = hall.Wall();
        await wall.StartAsync();
        (await wall.InvokeAsync<WallNow>("Now")).Stage.Session.ShouldBe(hall.Session);
        await wall.InvokeAsync("Shown", new ShownLine(2, 3));
        hall.Show.Lines.ShouldBe([(2, 3)]);
    }

    [Fact]
    public async Task The_clock_answers_with_both_times()
    {
        await using var hall = await Hall.Open(time: new FrozenClock());
        await using var phone = hall.Phone();
        await phone.StartAsync();
        (await phone.InvokeAsync<ClockAnswer>("Clock", 12.5)).ShouldBe(new ClockAnswer(12.5, FrozenClock.Ms));
    }

    [Fact]
    public async Task A_session_that_cannot_answer_is_busy_and_not_a_riddle()
    {
        await using var hall = await Hall.Open();
        hall.Show.Stage = null;
        await using var phone = hall.Phone();
        await phone.StartAsync();
        (await Should.ThrowAsync<HubException>(() => phone.InvokeAsync<PhoneNow>("Now"))).Message.ShouldContain("busy");
        (await Cast(phone, 0, [0], 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Busy);
    }

    private static Task<CastAnswer> Cast(HubConnection phone, int round, int[]? choice, int n) =>
        phone.InvokeAsync<CastAnswer>("Cast", new CastBallot(round, choice, n)).Within("an answer to a vote");
}

using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Gateway;

/// <summary>What becomes of phones when a sitting of their seat ends, over real connections.</summary>
public sealed class SittingTests
{
    [Fact]
    public async Task A_phone_hears_why_before_its_line_goes_dead_on_every_tab_and_nobody_else_notices()
    {
        await using var hall = await Hall.Open();
        var sent = new List<Leaver>();
        foreach (var seat in Enumerable.Range(1, 25))
        {
            sent.Add(await Leaver.Come(hall.Phone(seat)));
            sent.Add(await Leaver.Come(hall.Phone(seat)));
        }

        var neighbour = await Leaver.Come(hall.Phone(seat: 26));
        var observer = hall.Show.Observer.ShouldNotBeNull();
        foreach (var seat in Enumerable.Range(1, 25)) await observer.SeatClosed(hall.Session, new Sitting(seat, 1, OperatorAction.Kick));

        foreach (var phone in sent)
        {
            await phone.Gone.Within("a phone to be sent away");
            await phone.HasHeard("kicked");
        }

        neighbour.Heard.ShouldBeEmpty();
        (await Cast(neighbour.Phone, 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
        foreach (var phone in sent) await phone.DisposeAsync();
        await neighbour.DisposeAsync();
    }

    [Theory]
    [InlineData(OperatorAction.Kick, "kicked")]
    [InlineData(OperatorAction.Ban, "banned")]
    [InlineData(OperatorAction.Free, "freed")]
    public async Task A_void_ticket_connects_no_more_and_the_next_sittings_does(OperatorAction after, string code)
    {
        await using var hall = await Hall.Open();
        hall.Show.Sittings = [new Sitting(7, 2, after)];
        // Whether the gateway knows the session already or hears of it with this phone.
        for (var time = 0; time < 2; time++)
        {
            await using var old = await Leaver.Come(hall.Phone(7, sitting: 1));
            await old.Gone.Within("the old ticket to be sent away");
            await old.HasHeard(code);
        }

        await using var present = await Leaver.Come(hall.Phone(7, sitting: 2));
        (await present.Phone.InvokeAsync<PhoneNow>("Now")).Seat.ShouldBe(7);
        (await Cast(present.Phone, 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
        hall.Shard.Batches.ShouldHaveSingleItem().Ballots.ShouldBe([new Ballot(7, 1, "0", 2)]);
        present.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_the_wire_the_reason_comes_before_the_end_and_who_does_not_close_when_asked_is_cut_off()
    {
        await using var hall = await Hall.Open();
        using var socket = await RawPhone.Connect(hall, seat: 7);
        await Wait.For("the gateway's watch", () => hall.Show.Observer is not null);
        // A push that comes before the watch is answered is lost, and the next renewal brings it.
        hall.Show.Sittings = [new Sitting(7, 1, OperatorAction.Kick)];
        await hall.Show.Observer!.SeatClosed(hall.Session, new Sitting(7, 1, OperatorAction.Kick));
        var heard = await socket.UntilClosed();
        heard.ShouldContain("\"target\":\"leave\"");
        heard.ShouldContain("\"code\":\"kicked\"");
        heard.IndexOf("{\"type\":7", StringComparison.Ordinal).ShouldBeGreaterThan(heard.IndexOf("\"leave\"", StringComparison.Ordinal));
        await Wait.For("the seat to be empty", () => hall.Services.GetRequiredService<SessionFeeds>().Of(hall.Session).Seats.Present == 0);
    }

    [Fact]
    public async Task A_push_that_got_lost_is_made_good_by_the_next_renewal()
    {
        await using var hall = await Hall.Open(new GatewayOptions { RenewWatch = TimeSpan.FromSeconds(1) });
        await using var phone = await Leaver.Come(hall.Phone(7));
        await phone.Phone.InvokeAsync<PhoneNow>("Now");
        hall.Show.Sittings = [new Sitting(7, 1, OperatorAction.Free)];
        await phone.Gone.Within("the renewal to send the phone away");
        await phone.HasHeard("freed");
    }

    [Fact]
    public async Task A_ticket_newer_than_what_this_gateway_has_heard_is_good_and_late_or_repeated_pushes_do_not_touch_it()
    {
        await using var hall = await Hall.Open();
        await using var phone = await Leaver.Come(hall.Phone(7, sitting: 3));
        await phone.Phone.InvokeAsync<PhoneNow>("Now");
        foreach (var number in (int[])[3, 1, 3, 2])
            await hall.Show.Observer!.SeatClosed(hall.Session, new Sitting(7, number, OperatorAction.Ban));
        (await Cast(phone.Phone, 1)).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
        phone.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_has_not_heard_yet_is_corrected_by_the_shard_and_tells_nothing_of_the_successors_vote()
    {
        await using var hall = await Hall.Open(new GatewayOptions { RenewWatch = TimeSpan.FromMinutes(1) });
        await using var phone = await Leaver.Come(hall.Phone(7));
        await phone.Phone.InvokeAsync<PhoneNow>("Now");
        hall.Shard.Answers = batch => Task.FromResult<System.Collections.Immutable.ImmutableArray<Receipt>>(
            [.. batch.Ballots.Select(ballot => new Receipt(ReceiptStatus.Parted, 0, ballot.Seat, 0, "", 0, 0))]);
        hall.Show.Sittings = [new Sitting(7, 1, OperatorAction.Free)];
        try
        {
            var answer = await Cast(phone.Phone, 1);
            answer.Receipt.ShouldBeNull();
            answer.Refusal!.Code.ShouldBeOneOf("kicked", "freed");
        }
        catch (TaskCanceledException)
        {
            // The goodbye may overtake the answer.
        }

        await phone.Gone.Within("the gateway to ask at once rather than in a minute");
        await phone.HasHeard("freed");
    }

    [Fact]
    public async Task Ballots_of_two_sittings_in_one_batch_are_not_taken_for_each_other()
    {
        var gathering = new BallotGathering(new RoundTerms(0, 3, VotingRule.Plurality));
        var before = gathering.Add(new Ballot(7, 9, "0"));
        var after = gathering.Add(new Ballot(7, 2, "1", 1));
        var late = gathering.Add(new Ballot(7, 10, "0"));
        var higher = gathering.Add(new Ballot(7, 3, "2", 1));
        var batch = gathering.Batch();
        batch.Ballots.ShouldBe([new Ballot(7, 3, "2", 1)]);

        gathering.Answer(FakeAudience.Counted(batch), seat => new Receipt(ReceiptStatus.Busy, 0, seat, 0, "", 0, 0)).ShouldBe(4);

        foreach (var parted in new[] { before, late }) (await parted).ShouldBe(new Receipt(ReceiptStatus.Parted, 0, 7, 0, "", 0, 0));
        foreach (var taken in new[] { after, higher }) (await taken).ShouldBe(new Receipt(ReceiptStatus.Counted, 0, 7, 3, "2", 0, 1));
    }

    [Fact]
    public async Task An_usher_names_the_seat_and_codes_are_not_printed_over_the_hub()
    {
        await using var hall = await Hall.Open();
        var cookie = (await hall.SignIn()).Split(';')[0];
        await using var console = Orleans.Story.Gateway.Demo.Clients.Hub(
            hall.Address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie));
        await console.StartAsync();
        var session = hall.Session.ToString();
        (await console.InvokeAsync<Answer>("Operate", new { session, action = "Ban", reason = "filming", seat = 17 })).Refusal.ShouldBeNull();
        (await console.InvokeAsync<Answer>("Operate", new { session, action = "PrintCodes", reason = "", seat = 1 })).Refusal!.Code.ShouldBe("bad-command");
        hall.Show.Commands.ShouldBe([new OperatorCommand(OperatorAction.Ban, "operator", "filming", 0, false, 17)]);
    }

    private static Task<CastAnswer> Cast(HubConnection phone, int n) =>
        phone.InvokeAsync<CastAnswer>("Cast", new CastBallot(0, [0], n)).Within("an answer to a vote");

    /// <summary>A phone that notes what it is told before it is gone.</summary>
    private sealed class Leaver : IAsyncDisposable
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<string> _heard = [];

        private Leaver(HubConnection phone)
        {
            Phone = phone;
            phone.On<Refusal>("leave", why =>
            {
                lock (_heard) _heard.Add(why.Code);
            });
            phone.Closed += _ =>
            {
                _gone.TrySetResult();
                return Task.CompletedTask;
            };
        }

        public HubConnection Phone { get; }

        public Task<bool> Gone => _gone.Task.ContinueWith(_ => true, TaskScheduler.Default);

        public string[] Heard
        {
            get
            {
                lock (_heard) return [.. _heard];
            }
        }

        /// <summary>Waits, since this client library may report the end before it has run the handler of what came before.</summary>
        public async Task HasHeard(string code)
        {
            await Wait.For($"'{code}'", () => Heard.Length > 0);
            Heard.ShouldBe([code]);
        }

        public static async Task<Leaver> Come(HubConnection phone)
        {
            var leaver = new Leaver(phone);
            await phone.StartAsync();
            return leaver;
        }

        public ValueTask DisposeAsync() => Phone.DisposeAsync();
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>Who sits where, and whose ballots a seat's shard takes: on the real grains and the real tables.</summary>
public sealed class SeatTests
{
    private const string Secret = "00112233445566778899aabbccddeeff";

    private static SessionTerms ByCode { get; } =
        PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Capacity = 40, Entry = Entry.SeatCode, Secret = Secret };

    private static SessionTerms ByWall { get; } = PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Capacity = 3, Secret = Secret };

    [Fact]
    public async Task A_seat_code_seats_one_device_which_comes_back_to_it()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        var (ann, bo) = (ViewerId.New(), ViewerId.New());
        (await Join(hall, session, ann, null)).Refusal!.Code.ShouldBe("seat-code");
        (await Join(hall, session, ann, "AAAAAAAA")).Refusal!.Code.ShouldBe("unknown-code");
        (await Join(hall, session, ann, Code(17))).ShouldBe(new Seating(17, null));
        (await Join(hall, session, bo, Code(17))).Refusal!.Code.ShouldBe("seat-taken");
        (await Join(hall, session, ann, null)).ShouldBe(new Seating(17, null), "the device is enough to come back");
        (await Join(hall, session, ann, Code(18))).ShouldBe(new Seating(17, null), "one device, one seat");

        await hall.KillAsync();
        await using var after = await TestHall.OpenAsync(hall);
        (await Join(after, session, ann, null)).Seat.ShouldBe(17);
        (await Join(after, session, bo, Code(17))).Refusal!.Code.ShouldBe("seat-taken");
        (await Join(after, session, bo, Code(18))).Seat.ShouldBe(18);
    }

    [Fact]
    public async Task Of_many_devices_that_bring_one_code_at_once_one_has_the_seat()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        var seatings = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Join(hall, session, ViewerId.New(), Code(5))));
        seatings.Count(seating => seating.Seat == 5).ShouldBe(1);
        seatings.Where(seating => seating.Seat == 0).ShouldAllBe(seating => seating.Refusal!.Code == "seat-taken");
    }

    [Fact]
    public async Task Late_comers_take_seats_while_a_round_is_open_until_there_are_none()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByWall)).Session;
        (await Join(hall, session, ViewerId.New())).Seat.ShouldBe(1);
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        var late = await Join(hall, session, ViewerId.New());
        late.Seat.ShouldBe(2);
        (await Cast(hall, session, open, 2, late.Sitting, 1, 0)).Status.ShouldBe(ReceiptStatus.Counted);
        (await Join(hall, session, ViewerId.New())).Seat.ShouldBe(3);
        (await Join(hall, session, ViewerId.New())).Refusal!.Code.ShouldBe("full");
        (await hall.Grains.Session(session).Seats()).Taken.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_freed_seat_is_given_last_and_a_banned_one_to_nobody()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByWall)).Session;
        var first = ViewerId.New();
        await Join(hall, session, first);
        await Operate(hall, session, OperatorAction.Free, 1);
        await Operate(hall, session, OperatorAction.Ban, 2);
        (await Join(hall, session, ViewerId.New())).ShouldBe(new Seating(3, null), "seat 1 is given again only when there is no other, seat 2 to nobody");
        (await Join(hall, session, first)).ShouldBe(new Seating(1, null, 1), "the next sitting of the seat, although the viewer is the same");
        (await Join(hall, session, ViewerId.New())).Refusal!.Code.ShouldBe("full");
        await Operate(hall, session, OperatorAction.Unban, 2);
        (await Join(hall, session, ViewerId.New())).ShouldBe(new Seating(2, null, 1));
    }

    [Fact]
    public async Task A_kicked_viewer_comes_back_and_a_banned_one_does_not_until_the_ban_is_lifted()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        var ann = ViewerId.New();
        await Join(hall, session, ann, Code(7));
        await Operate(hall, session, OperatorAction.Kick, 7);
        (await Join(hall, session, ann, null)).ShouldBe(new Seating(7, null, 1));
        await Operate(hall, session, OperatorAction.Ban, 7);
        (await Join(hall, session, ann, null)).Refusal!.Code.ShouldBe("banned");
        (await Join(hall, session, ann, Code(8))).Refusal!.Code.ShouldBe("banned", "another card does not help");
        (await Join(hall, session, ViewerId.New(), Code(7))).Refusal!.Code.ShouldBe("seat-taken");
        (await hall.Grains.Session(session).Seats()).Banned.ShouldBe([7]);
        await Operate(hall, session, OperatorAction.Unban, 7);
        (await Join(hall, session, ann, null)).ShouldBe(new Seating(7, null, 2));
    }

    [Fact]
    public async Task A_freed_seats_old_ticket_votes_no_more_from_the_moment_the_operator_is_answered()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        var (lost, found) = (ViewerId.New(), ViewerId.New());
        await Join(hall, session, lost, Code(9));
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        (await Cast(hall, session, open, 9, 0, 4, 1)).Status.ShouldBe(ReceiptStatus.Counted);

        await Operate(hall, session, OperatorAction.Free, 9);
        (await Cast(hall, session, open, 9, 0, 5, 2)).ShouldBe(new Receipt(ReceiptStatus.Parted, 0, 9, 0, "", 0, 0));
        var seating = await Join(hall, session, found, Code(9));
        seating.ShouldBe(new Seating(9, null, 1));
        (await Join(hall, session, lost, null)).Refusal!.Code.ShouldBe("seat-code", "its device has no seat any more");
        (await Join(hall, session, lost, Code(9))).Refusal!.Code.ShouldBe("seat-taken");
        (await Cast(hall, session, open, 9, 0, 6, 2)).Status.ShouldBe(ReceiptStatus.Parted);
        (await Cast(hall, session, open, 9, 1, 1, 0)).ShouldBe(new Receipt(ReceiptStatus.Stale, 0, 9, 4, "1", 0, 1), "the seat has voted; whoever sits there may change it");
        (await Cast(hall, session, open, 9, 1, 5, 0)).Status.ShouldBe(ReceiptStatus.Counted);

        await hall.KillAsync();
        await using var after = await TestHall.OpenAsync(hall);
        (await Cast(after, session, open, 9, 0, 7, 2)).Status.ShouldBe(ReceiptStatus.Parted, "that is on disk");
        (await Join(after, session, found, null)).ShouldBe(seating);
        var decided = await after.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");
        decided.Round!.Decision!.Counts.ShouldBe([1, 0, 0]);
    }

    [Fact]
    public async Task Once_a_ticket_is_out_no_ballot_of_an_earlier_one_is_taken_however_calls_cross()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        await Join(hall, session, ViewerId.New(), Code(3));
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        var (n, newest, takenLate, counted) = (0, 0, 0, 0);
        for (var round = 0; round < 25; round++)
        {
            // One operator, two rivals for the code, and four phones with every ticket there ever was.
            Task[] crossing =
            [
                Operate(hall, session, round % 2 == 0 ? OperatorAction.Free : OperatorAction.Kick, 3),
                .. Enumerable.Range(0, 2).Select(_ => Rival()),
                .. Enumerable.Range(0, 4).Select(_ => Phones()),
            ];
            await Task.WhenAll(crossing);
        }

        takenLate.ShouldBe(0);
        counted.ShouldBeGreaterThan(0, "some ballots were taken, or nothing was tried");
        newest.ShouldBeGreaterThan(5, "tickets went out, or nothing was tried");
        var ballot = (await hall.Grains.Audience(new AudienceKey(session, 0)).Standing(0, 3)).ShouldNotBeNull();
        ballot.N.ShouldBeLessThanOrEqualTo(n);
        var decided = await hall.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");
        decided.Round!.Decision!.Voters.ShouldBe(1, "one seat, one vote");

        async Task Rival()
        {
            var seating = await Join(hall, session, ViewerId.New(), Code(3));
            if (seating.Refusal is not null) return;
            int seen;
            while ((seen = Volatile.Read(ref newest)) < seating.Sitting) Interlocked.CompareExchange(ref newest, seating.Sitting, seen);
        }

        async Task Phones()
        {
            for (var sitting = Volatile.Read(ref newest); sitting >= 0 && sitting > Volatile.Read(ref newest) - 3; sitting--)
            {
                var out_ = Volatile.Read(ref newest);
                var receipt = await Cast(hall, session, open, 3, sitting, Interlocked.Increment(ref n), 0);
                if (receipt.Status != ReceiptStatus.Counted) continue;
                Interlocked.Increment(ref counted);
                if (sitting < out_) Interlocked.Increment(ref takenLate);
            }
        }
    }

    [Fact]
    public async Task A_forgotten_viewers_seat_is_free_and_the_old_ticket_is_worth_nothing()
    {
        await using var hall = await TestHall.OpenAsync();
        var byCode = (await hall.ScheduleAsync(ByCode)).Session;
        var byWall = (await hall.ScheduleAsync(ByWall)).Session;
        var over = (await hall.ScheduleAsync(ByWall)).Session;
        var (gone, next) = (ViewerId.New(), ViewerId.New());
        await Join(hall, byCode, gone, Code(4));
        await Join(hall, byWall, gone);
        await Join(hall, over, gone);
        await hall.OperateAsync(over, OperatorAction.End);
        await hall.OperateAsync(byCode, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(byCode, 0)).Round!;
        (await Cast(hall, byCode, open, 4, 0, 1, 2)).Status.ShouldBe(ReceiptStatus.Counted);

        (await hall.Grains.Viewer(gone).Erase()).IsDone.ShouldBeTrue();

        foreach (var session in new[] { byCode, byWall, over }) (await hall.Grains.Session(session).Seats()).Taken.ShouldBeEmpty();
        (await Cast(hall, byCode, open, 4, 0, 2, 1)).Status.ShouldBe(ReceiptStatus.Parted);
        (await Join(hall, byCode, next, Code(4))).ShouldBe(new Seating(4, null, 1), "the card is good again");
        (await Join(hall, byWall, gone)).ShouldBe(new Seating(2, null), "whoever was forgotten is a stranger");
        (await Join(hall, byWall, next)).ShouldBe(new Seating(3, null));
        (await Join(hall, byWall, ViewerId.New())).ShouldBe(new Seating(1, null, 1));
        var decided = await hall.UntilAsync(byCode, stage => stage.Round is { State: RoundState.Decided }, "the verdict");
        decided.Round!.Decision!.Counts.ShouldBe([0, 0, 1], "what was cast stands");
        (await hall.Grains.Viewer(gone).Erase()).IsDone.ShouldBeTrue("repeating it is no harm");
    }

    [Fact]
    public async Task A_shard_that_cannot_take_a_new_sitting_keeps_the_next_viewer_waiting_and_the_operator_informed()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        var (lost, found) = (ViewerId.New(), ViewerId.New());
        await Join(hall, session, lost, Code(9));
        await Join(hall, session, ViewerId.New(), Code(10));
        faulty!.IsBusy = stream => stream.StartsWith("audience/", StringComparison.Ordinal);
        (await Usher(hall, session, OperatorAction.Free, 9)).Refusal!.Code.ShouldBe("busy");
        (await Usher(hall, session, OperatorAction.Ban, 10)).Refusal!.Code.ShouldBe("busy");
        (await Join(hall, session, found, Code(9))).Refusal!.Code.ShouldBe("busy", "or two phones could vote for the seat");
        faulty.IsBusy = _ => false;
        (await Usher(hall, session, OperatorAction.Ban, 10)).IsDone.ShouldBeTrue("given again, a ban that stood already is carried out");
        (await Join(hall, session, found, Code(9))).ShouldBe(new Seating(9, null, 1));
        (await Join(hall, session, lost, Code(9))).Refusal!.Code.ShouldBe("seat-taken");
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        (await Cast(hall, session, open, 9, 0, 1, 0)).Status.ShouldBe(ReceiptStatus.Parted);
        (await Cast(hall, session, open, 10, 0, 1, 0)).Status.ShouldBe(ReceiptStatus.Parted);
    }

    [Fact]
    public async Task A_process_that_dies_between_two_records_tells_the_shard_when_it_is_back()
    {
        FaultyJournal? faulty = null;
        await using var hall = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        await Join(hall, session, ViewerId.New(), Code(9));
        faulty!.IsBusy = stream => stream.StartsWith("audience/", StringComparison.Ordinal);
        (await Usher(hall, session, OperatorAction.Ban, 9)).Refusal!.Code.ShouldBe("busy");
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(hall, journal: inner => faulty = new FaultyJournal(inner));
        var told = faulty.NextAppend(new AudienceKey(session, 0).Stream);
        var watching = (await after.Grains.Session(session).Look()).ShouldNotBeNull();
        watching.Sittings.ShouldBe([new Sitting(9, 1, OperatorAction.Ban)]);
        await told.WaitAsync(TimeSpan.FromSeconds(60));
        var batch = new BallotBatch(new RoundTerms(0, 3, VotingRule.Plurality), [new Ballot(9, 1, "0")]);
        (await after.Grains.Audience(new AudienceKey(session, 0)).Cast(batch))[0].Status.ShouldBe(ReceiptStatus.Parted);
    }

    [Fact]
    public async Task Every_gateway_hears_which_sitting_ended_and_the_journal_says_who_ended_it_and_why()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(ByCode)).Session;
        await Join(hall, session, ViewerId.New(), Code(2));
        await Operate(hall, session, OperatorAction.Kick, 2);
        var print = new OperatorCommand(OperatorAction.PrintCodes, "kassa", "", 0, false, 1, 24);
        (await hall.Grains.Session(session).Operate(print)).IsDone.ShouldBeTrue();
        (await hall.Grains.Session(session).Look())!.Sittings.ShouldBe([new Sitting(2, 1, OperatorAction.Kick)]);
        var rows = new List<string>();
        await foreach (var row in hall.Journal.ReadAsync(session.Stream)) rows.Add(System.Text.Encoding.UTF8.GetString(row.Body.Span));
        rows.ShouldContain(row => row.Contains("\"action\":\"Kick\",\"by\":\"usher\",\"reason\":\"a test\"", StringComparison.Ordinal) && row.Contains("\"seat\":2", StringComparison.Ordinal) && row.Contains("\"atMs\":", StringComparison.Ordinal));
        rows.ShouldContain(row => row.Contains("\"action\":\"PrintCodes\",\"by\":\"kassa\"", StringComparison.Ordinal) && row.Contains("\"seat\":1,\"upTo\":24", StringComparison.Ordinal));
    }

    private static string Code(int seat) => SeatCodes.Parts(Secret, seat)[seat - 1];

    private static Task<Seating> Join(TestHall hall, SessionId session, ViewerId viewer, string? code = null) =>
        hall.Grains.Session(session).Join(viewer, code);

    private static Task<Outcome> Usher(TestHall hall, SessionId session, OperatorAction action, int seat) =>
        hall.Grains.Session(session).Operate(new OperatorCommand(action, "usher", "a test", 0, false, seat));

    private static async Task Operate(TestHall hall, SessionId session, OperatorAction action, int seat) =>
        (await Usher(hall, session, action, seat)).Refusal.ShouldBeNull();

    private static async Task<Receipt> Cast(TestHall hall, SessionId session, StageRound round, int seat, int sitting, int n, int option)
    {
        var choice = option.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var batch = new BallotBatch(new RoundTerms(round.Round, round.Options.Length, round.Rule), [new Ballot(seat, n, choice, sitting)]);
        return (await hall.Grains.Audience(new AudienceKey(session, Shards.Of(seat, 1))).Cast(batch))[0];
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Viewers;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class HallTests
{
    [Fact]
    public async Task A_viewer_has_one_seat_and_the_last_one_goes_to_one()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Capacity = 20 })).Session;
        var viewers = Enumerable.Range(0, 30).Select(_ => ViewerId.New()).ToList();
        var seatings = await Task.WhenAll(viewers.Concat(viewers).Select(viewer => hall.Grains.Session(session).Join(viewer, null)));
        var seated = seatings.Where(seating => seating.Refusal is null).Select(seating => seating.Seat).ToList();
        seated.Distinct().Order().ShouldBe(Enumerable.Range(1, 20));
        seated.Count.ShouldBe(40, "each of the twenty came twice and got the same seat");
        seatings.Where(seating => seating.Refusal is not null).ShouldAllBe(seating => seating.Refusal!.Code == "full");
    }

    [Fact]
    public async Task The_doors_open_and_close_with_the_show()
    {
        await using var hall = await TestHall.OpenAsync();
        var scheduled = (await hall.Grains.Hall().Schedule(PaperShow.Terms(PaperFilm.Film, minutes: 3))).Session!;
        var session = hall.Grains.Session(scheduled.Session);
        (await session.Join(ViewerId.New(), null)).Refusal!.Code.ShouldBe("not-open");
        await hall.OperateAsync(scheduled.Session, OperatorAction.Open);
        (await session.Join(ViewerId.New(), null)).Seat.ShouldBe(1);
        await hall.OperateAsync(scheduled.Session, OperatorAction.End);
        (await session.Join(ViewerId.New(), null)).Refusal!.Code.ShouldBe("ended");
    }

    [Fact]
    public async Task Join_codes_find_their_session_however_they_are_typed()
    {
        await using var hall = await TestHall.OpenAsync();
        var scheduled = await hall.ScheduleAsync();
        scheduled.JoinCode.Length.ShouldBe(JoinCodes.Length);
        (await hall.Grains.Hall().Find($" {scheduled.JoinCode[..3].ToLowerInvariant()}-{scheduled.JoinCode[3..]}")).ShouldBe(scheduled.Session);
        (await hall.Grains.Hall().Find("NOSUCH")).ShouldBeNull();
        (await hall.Grains.Hall().Find("")).ShouldBeNull();
    }

    [Fact]
    public async Task Terms_that_make_no_show_are_refused()
    {
        await using var hall = await TestHall.OpenAsync();
        var good = PaperShow.Terms(PaperFilm.Film, minutes: 3);
        SessionTerms[] bad =
        [
            good with { Capacity = 0 }, good with { Capacity = 10_001, Shards = 6 }, good with { Shards = 2 }, good with { RunningSeconds = 5 },
            good with { WindowSeconds = 1 }, good with { CardSeconds = 60 }, good with { Language = "fr" }, good with { WallLanguages = [] },
            good with { WallLanguages = ["zh"] }, good with { WallLanguages = ["en", "en"] }, good with { Rule = (VotingRule)9 },
        ];
        foreach (var terms in bad) (await hall.Grains.Hall().Schedule(terms)).Refusal!.Code.ShouldBe("bad-terms");
        (await hall.Grains.Hall().Schedule(good with { Film = new("paper", new string('b', 64)) })).Refusal!.Code.ShouldBe("unknown-film");
        (await hall.Grains.Hall().Sessions()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_viewer_is_remembered_across_restarts_and_forgotten_on_request()
    {
        await using var before = await TestHall.OpenAsync();
        var session = (await before.ScheduleAsync()).Session;
        var id = ViewerId.New();
        await before.Grains.Session(session).Join(id, null);
        (await before.Grains.Viewer(id).Introduce("zh", "阿梅")).IsDone.ShouldBeTrue();
        (await before.Grains.Viewer(id).Introduce("zh", "a\u202Eb")).Refusal!.Code.ShouldBe("bad-name");
        (await before.Grains.Viewer(id).Introduce("xx", null)).Refusal!.Code.ShouldBe("bad-language");
        (await before.Grains.Viewer(id).Introduce("zh", null)).IsDone.ShouldBeTrue("a visit without a name keeps the name");
        await before.Grains.Viewer(id).Visit(new Visit(session, "paper", 1, 1));
        await before.Grains.Viewer(id).Visit(new Visit(session, "paper", 1, 1));
        await before.KillAsync();

        await using var after = await TestHall.OpenAsync(before);
        var profile = await after.Grains.Viewer(id).Profile();
        (profile.Language, profile.Name, profile.History.Length).ShouldBe(("zh", "阿梅", 1));
        await after.Grains.Viewer(id).Erase();
        var forgotten = await after.Grains.Viewer(id).Profile();
        (forgotten.Language, forgotten.Name, forgotten.History.Length).ShouldBe(("", null, 0));
    }

    [Fact]
    public async Task The_pool_keeps_a_session_on_its_worker_and_forgets_who_stops_renewing()
    {
        await using var hall = await TestHall.OpenAsync(roles: Silo.StoryRoles.Story);
        var pool = hall.Grains.Pool();
        var session = SessionId.New(hall.Clock.GetUtcNow());
        (await pool.Place(Request(WritePriority.Live))).Worker.ShouldBeNull();
        await pool.Lease(new WorkerLease("a", "m", 5, 1));
        await pool.Lease(new WorkerLease("b", "m", 5, 1));
        var home = (await pool.Place(Request(WritePriority.Live))).Worker;
        (await pool.Place(Request(WritePriority.Live))).Worker.ShouldBe(home);
        (await pool.Place(Request(WritePriority.Speculative))).Worker.ShouldNotBe(home, "its speculative room is used up");
        hall.Clock.Advance(TimeSpan.FromSeconds(9));
        await pool.Lease(new WorkerLease("a", "m", 5, 1));
        hall.Clock.Advance(TimeSpan.FromSeconds(2));
        (await pool.Workers()).Select(lease => lease.Worker).ShouldBe(["a"]);

        PlaceRequest Request(WritePriority priority) => new(session, Guid.NewGuid(), priority, 1, 0);
    }
}

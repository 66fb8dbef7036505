using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class StaffTests
{
    private static readonly StaffPass Ana = Pass("ana", StaffRoles.Operator);
    private static readonly StaffPass Chief = Pass("chief", StaffRoles.Admin);

    [Fact]
    public async Task Who_brings_no_pass_or_one_that_nobody_sealed_gets_nowhere()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        var good = hall.Key.Seal(Ana);
        string?[] worthless =
        [
            null, "", "operator", "ana;operator", StaffKey.New().Seal(Ana), hall.Key.Seal(Ana with { UntilMs = 1 }),
            good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), good.Replace(";operator;", ";operator,admin,house;", StringComparison.Ordinal), good.Replace(";ana;", ";bob;", StringComparison.Ordinal),
        ];
        foreach (var pass in worthless)
        {
            RequestContext.Clear();
            if (pass is not null) RequestContext.Set(StaffDoor.ContextKey, pass);
            // What a caller may hope that somebody looks at.
            RequestContext.Set("role", StaffRoles.Admin);
            RequestContext.Set("name", "chief");
            (await hall.Bare.Session(session).Operate(Start("chief"))).Refusal!.Code.ShouldBe("not-allowed", pass);
            (await hall.Bare.Session(SessionId.New(hall.Clock.GetUtcNow())).Create(PaperShow.Terms(PaperFilm.Film))).Refusal!.Code.ShouldBe("not-allowed");
            (await hall.Bare.Hall().Schedule(PaperShow.Terms(PaperFilm.Film, minutes: 3))).Refusal!.Code.ShouldBe("not-allowed");
            (await hall.Bare.StaffBook().Make("eve", "hash", [StaffRoles.Admin], "")).Refusal!.Code.ShouldBe("not-allowed");
            await Should.ThrowAsync<UnauthorizedAccessException>(() => hall.Bare.StaffBook().Account("operator"));
            await Should.ThrowAsync<UnauthorizedAccessException>(() => hall.Bare.Audit().Read(new AuditQuery(0, 10)));
            (await hall.Bare.Session(session).Direct(new DirectorCommand { Action = DirectorAction.Tension, By = "chief", Reason = "" })).Refusal!.Code.ShouldBe("not-allowed");
            (await hall.Bare.Audit().Note(new AuditEntry(0, AuditAct.SignedIn, "chief"))).Refusal!.Code.ShouldBe("not-allowed");
        }

        RequestContext.Clear();
        (await hall.Bare.Session(session).Look())!.Stage.Phase.ShouldBe(SessionPhase.Lobby, "nothing was started, and looking asks for no pass");
    }

    [Fact]
    public async Task A_role_opens_its_own_doors_and_no_others()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        hall.Speak(Pass("dee", StaffRoles.Director));
        (await hall.Bare.Session(session).Operate(Start("dee"))).Refusal!.Code.ShouldBe("not-allowed");
        (await hall.Bare.Session(session).Script()).ShouldNotBeNull();
        hall.Speak(Chief);
        (await hall.Bare.Session(session).Operate(Start("chief"))).Refusal!.Code.ShouldBe("not-allowed");
        await Should.ThrowAsync<UnauthorizedAccessException>(() => hall.Bare.Session(session).Script());
        hall.Speak(Ana);
        (await hall.Bare.StaffBook().Remove("chief", "")).Refusal!.Code.ShouldBe("not-allowed");
        await Should.ThrowAsync<UnauthorizedAccessException>(() => hall.Bare.StaffBook().List());
        (await hall.Bare.Session(session).Operate(Start("ana"))).Refusal.ShouldBeNull();
    }

    /// <summary>Phones have no pass, and a batch of ballots is to cost the filter one look and no more.</summary>
    [Fact]
    public void What_phones_set_off_asks_for_no_pass()
    {
        System.Reflection.MethodInfo[] methods = [.. typeof(IAudienceGrain).GetMethods(), typeof(ISessionGrain).GetMethod(nameof(ISessionGrain.Join))!, typeof(ISessionGrain).GetMethod(nameof(ISessionGrain.Look))!];
        methods.Select(method => method.Name).ShouldContain(nameof(IAudienceGrain.Cast));
        methods.Where(method => method.IsDefined(typeof(ForRoleAttribute), inherit: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_is_on_record_in_the_name_of_the_pass_whatever_the_caller_says()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        hall.Speak(Ana);
        (await hall.Bare.Session(session).Operate(Start("somebody-else"))).Refusal.ShouldBeNull();
        var by = new List<string>();
        await foreach (var row in hall.Journal.ReadAsync(session.Stream))
        {
            if (Rules.Journal.EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span) is Rules.Sessions.OperatorActed { Command: { Action: OperatorAction.Start } command }) by.Add(command.By);
        }

        by.ShouldBe(["ana"]);
        var rows = await ReadAsync(hall, page => page.Rows.Any(row => row.Entry is { What: "Start" }));
        var start = rows.Single(row => row.Entry.What == "Start").Entry;
        (start.By, start.Act, start.Session, start.Reason, start.Refused).ShouldBe(("ana", AuditAct.Commanded, session, "a test", null));
        start.AtMs.ShouldBe(hall.Clock.NowMs);
    }

    [Fact]
    public async Task Accounts_last_and_every_change_is_on_record_before_it_is_made()
    {
        var hall = await TestHall.OpenAsync();
        await using (hall)
        {
            (await hall.Grains.StaffBook().MakeFirst("operator", "h0", reset: false, mustChange: true)).ShouldBeTrue();
            (await hall.Grains.StaffBook().MakeFirst("operator", "h1", reset: false, mustChange: true)).ShouldBeFalse("it is there");
            (await hall.Grains.StaffBook().MakeFirst("operator", "h0", reset: false, mustChange: true)).ShouldBeTrue("whoever lost the answer asks again");
            hall.Speak(Chief);
            var book = hall.Bare.StaffBook();
            (await book.Make("ana", "h2", [StaffRoles.Director, StaffRoles.Operator], "new in the booth")).Refusal.ShouldBeNull();
            (await book.Make("ana", "h3", [StaffRoles.Operator], "")).Refusal!.Code.ShouldBe("account-exists");
            (await book.SetRoles("ana", [StaffRoles.Admin], "")).Refusal.ShouldBeNull();
            (await book.Remove("operator", "left")).Refusal.ShouldBeNull();
            (await book.Remove("ana", "left")).Refusal!.Code.ShouldBe("last-admin");
            (await book.SetRoles("ana", [StaffRoles.Operator], "")).Refusal!.Code.ShouldBe("last-admin");
            (await book.Reset("ana", "h4", "forgot it")).Refusal.ShouldBeNull();

            await hall.KillAsync();
            await using var again = await TestHall.OpenAsync(after: hall);
            var card = (await again.Grains.StaffBook().List()).ShouldHaveSingleItem();
            (card.Name, string.Join(' ', card.Roles), card.MustChange).ShouldBe(("ana", "admin", true));
            (await again.Grains.StaffBook().Account("ana"))!.PasswordHash.ShouldBe("h4");
            (await again.Grains.Audit().Read(new AuditQuery(0, 50))).Rows.Reverse().Select(row => $"{row.Number} {row.Entry.By} {row.Entry.Act} {row.Entry.About} {row.Entry.What} {row.Entry.Reason}".TrimEnd()).ShouldBe(
            [
                "1 house AccountMade operator", "2 chief AccountMade ana operator director new in the booth", "3 chief RolesChanged ana admin",
                "4 chief AccountRemoved operator  left", "5 chief PasswordReset ana  forgot it",
            ]);
        }
    }

    [Fact]
    public async Task The_log_is_read_in_bounded_pages_newest_first()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = SessionId.New(hall.Clock.GetUtcNow());
        for (var i = 1; i <= 600; i++)
        {
            (await hall.Grains.Audit().Note(new AuditEntry(0, AuditAct.Commanded, i == 1 ? "rare" : "ana", Session: i % 2 == 0 ? session : null, What: $"{i}"))).Refusal.ShouldBeNull();
        }

        var numbers = new List<long>();
        var before = 0L;
        do
        {
            var page = await hall.Grains.Audit().Read(new AuditQuery(before, 250));
            page.Rows.Length.ShouldBeInRange(1, 250);
            numbers.AddRange(page.Rows.Select(row => row.Number));
            before = page.Next;
        }
        while (before > 0);
        numbers.ShouldBe(Enumerable.Range(1, 600).Reverse().Select(i => (long)i));
        (await hall.Grains.Audit().Read(new AuditQuery(0, 10, Person: "rare"))).Rows.ShouldHaveSingleItem().Number.ShouldBe(1);
        (await hall.Grains.Audit().Read(new AuditQuery(11, 500, Session: session))).Rows.Select(row => row.Number).ShouldBe([10, 8, 6, 4, 2]);
        (await hall.Grains.Audit().Read(new AuditQuery(0, 100_000))).Rows.Length.ShouldBe(500, "the most a page has");
    }

    private static async Task<ImmutableArray<AuditRow>> ReadAsync(TestHall hall, Func<AuditPage, bool> there)
    {
        for (var asked = 0; ; asked++)
        {
            // The copy is not waited for; the question lines up behind it.
            var page = await hall.Grains.Audit().Read(new AuditQuery(0, 100));
            if (there(page)) return page.Rows;
            asked.ShouldBeLessThan(10_000, "the act never came on record");
        }
    }

    private static OperatorCommand Start(string by) => new(OperatorAction.Start, by, "a test", 0, false);

    private static StaffPass Pass(string name, params ImmutableArray<string> roles) => new(name, roles, long.MaxValue);
}

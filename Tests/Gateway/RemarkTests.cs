using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>What viewers write, as it meets the gateway.</summary>
public sealed class RemarkTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("ab\u202Ecd\u200Bef\uDB40\uDC41", "abcdef")]
    [InlineData("两行\n😱字", "两行 😱字")]
    public async Task What_reaches_the_session_is_clean(string typed, string words)
    {
        await using var hall = await Open();
        await using var phone = await Phone(hall, 7);
        var taken = await Remark(phone, typed);
        taken.ShouldBe(new RemarkTaken(hall.Show.RemarkId, 20_000, null));
        hall.Show.Heard.ShouldBe([(7, words)]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\u200B\u202E \n")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task What_is_nothing_or_too_much_is_refused_and_costs_no_turn(string? typed)
    {
        await using var hall = await Open();
        await using var phone = await Phone(hall);
        (await Remark(phone, typed)).Refusal!.Code.ShouldBe("bad-remark");
        (await Remark(phone, "short")).Refusal.ShouldBeNull();
        hall.Show.Heard.ShouldBe([(1, "short")]);
    }

    [Fact]
    public async Task A_flood_from_all_tabs_of_a_seat_is_one_remark_to_the_session()
    {
        await using var hall = await Open();
        await using var phone = await Phone(hall, 5);
        await using var tab = await Phone(hall, 5);
        var answers = new List<RemarkTaken>();
        for (var n = 0; n < 8; n++) answers.Add(await Remark(n % 2 == 0 ? phone : tab, $"no. {n}"));
        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        answers.Skip(1).ShouldAllBe(answer => answer.Refusal!.Code == "slow-down");
        hall.Show.Heard.ShouldBe([(5, "no. 0")]);
    }

    [Fact]
    public async Task At_the_wrong_moment_or_with_remarks_off_nothing_reaches_the_session()
    {
        await using var hall = await Open(Stages.Lobby);
        long seen = 0;
        await using var phone = hall.Phone();
        phone.On<Stage>("stage", stage => Volatile.Write(ref seen, stage.Seq));
        await phone.StartAsync();
        (await Remark(phone, "x")).Refusal!.Code.ShouldBe("remarks-off");
        var stage = Stages.Voting(hall.Session, 5) with { RemarksOn = true };
        await Push(hall, stage);
        (await Remark(phone, "x")).Refusal!.Code.ShouldBe("not-now");
        await Push(hall, Stages.Wordy(hall.Session, 6, 5) with { RemarksOn = true, Phase = SessionPhase.Paused });
        (await Remark(phone, "x")).Refusal!.Code.ShouldBe("not-now");
        await Push(hall, Stages.Wordy(hall.Session, 7, 5) with { RemarksOn = true });
        (await Remark(phone, "x")).Refusal.ShouldBeNull("a refusal before the session costs no turn");
        hall.Show.Heard.Count.ShouldBe(1);

        async Task Push(Hall at, Stage next)
        {
            await at.Show.Observer!.StageChanged(next);
            await Wait.For("the stage", () => Volatile.Read(ref seen) == next.Seq);
        }
    }

    [Fact]
    public async Task A_muted_seat_is_told_on_sending_and_still_votes()
    {
        await using var hall = await Hall.Open();
        hall.Show.Stage = Stages.Voting(hall.Session) with { RemarksOn = true };
        hall.Show.Muted = [3];
        await using var muted = await Phone(hall, 3);
        await using var other = await Phone(hall, 4);
        (await Remark(muted, "x")).Refusal!.Code.ShouldBe("muted");
        (await muted.InvokeAsync<Answer>("Feel", new SendFeeling("Anger", 3))).Refusal!.Code.ShouldBe("muted");
        (await other.InvokeAsync<Answer>("Feel", new SendFeeling("Joy", 1))).Refusal.ShouldBeNull();
        (await muted.InvokeAsync<CastAnswer>("Cast", new CastBallot(0, [1], 1))).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
        await Wait.For("the other seat's feeling", () => !hall.Shard.Taps.IsEmpty);
        hall.Shard.Taps.ShouldBe([new FeelingTap(4, Feeling.Joy, 1)]);
        hall.Show.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mute_reaches_a_gateway_with_its_next_renewal()
    {
        var time = new ManualClock();
        await using var hall = await Hall.Open(time: time);
        await using var phone = await Phone(hall, 3);
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Joy", 1))).Refusal.ShouldBeNull();
        hall.Show.Muted = [3];
        var before = hall.Show.Watches;
        await Wait.For("a renewal", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return hall.Show.Watches > before + 1;
        });
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Joy", 1))).Refusal!.Code.ShouldBe("muted");
    }

    [Fact]
    public async Task With_feelings_off_none_is_taken()
    {
        await using var hall = await Hall.Open();
        hall.Show.Stage = Stages.Voting(hall.Session) with { FeelingsOff = true };
        await using var phone = await Phone(hall);
        (await phone.InvokeAsync<Answer>("Feel", new SendFeeling("Joy", 1))).Refusal!.Code.ShouldBe("feelings-off");
        hall.Shard.Taps.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_wall_has_the_words_and_the_phones_have_only_the_mark()
    {
        await using var hall = await Open();
        await using var phone = hall.Phone();
        await using var wall = hall.Wall();
        var (onPhone, onWall) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        phone.On<JsonElement>("stage", stage => Catch(stage, onPhone));
        wall.On<JsonElement>("stage", stage => Catch(stage, onWall));
        await phone.StartAsync();
        await wall.StartAsync();
        await phone.InvokeAsync<PhoneNow>("Now");
        await wall.InvokeAsync<WallNow>("Now");
        var remark = new StageRemark(Guid.NewGuid(), "she lies", 5, 8_005);
        await hall.Show.Observer!.StageChanged(Stages.Lobby(hall.Session, 9) with { RemarksOn = true, Remark = remark });

        (await onWall.Task.Within("the wall's stage")).ShouldContain("she lies");
        var phones = await onPhone.Task.Within("the phone's stage");
        phones.ShouldNotContain("she lies");
        phones.ShouldContain(remark.Id.ToString());
        (await phone.InvokeAsync<JsonElement>("Now")).GetRawText().ShouldNotContain("she lies");
        (await wall.InvokeAsync<JsonElement>("Now")).GetRawText().ShouldContain("she lies");

        static void Catch(JsonElement stage, TaskCompletionSource<string> heard)
        {
            if (stage.GetProperty("remark").ValueKind != JsonValueKind.Null) heard.TrySetResult(stage.GetRawText());
        }
    }

    [Fact]
    public async Task Operators_and_directors_judge_and_nobody_else()
    {
        await using var hall = await Open();
        var held = new HeldRemark(Guid.NewGuid(), 12, "别走", 5, RemarkStanding.Waiting);
        hall.Show.Queue = new RemarkQueue(1, 0, [held]);
        var which = new { session = hall.Session.ToString() };
        await Judged(hall, await hall.SignIn(), 1);
        hall.Fakes.Staff.Give("director");
        await Judged(hall, await hall.SignIn(), 2);
        hall.Fakes.Staff.Give("admin");
        await using var admin = Console(hall, await hall.SignIn());
        await admin.StartAsync();
        (await Should.ThrowAsync<HubException>(() => admin.InvokeAsync<RemarkQueue>("Remarks", which))).Message.ShouldContain("not-allowed");
        (await admin.InvokeAsync<Answer>("Judge", Verdict(hall, held.Id, "Approve"))).Refusal!.Code.ShouldBe("not-allowed");
        hall.Show.Judged.Count.ShouldBe(2);

        async Task Judged(Hall at, string cookie, int times)
        {
            await using var console = Console(at, cookie);
            await console.StartAsync();
            (await console.InvokeAsync<RemarkQueue>("Remarks", which)).Remarks.ShouldBe([held]);
            (await console.InvokeAsync<Answer>("Judge", Verdict(at, held.Id, "Approve"))).Refusal.ShouldBeNull();
            at.Show.Judged.Count.ShouldBe(times);
            at.Show.Judged.Last().ShouldBe(new JudgeRemark(held.Id, RemarkVerdict.Approve, "operator"));
        }
    }

    [Theory]
    [InlineData("approve", "bad-command")]
    [InlineData("0", "bad-command")]
    [InlineData(null, "bad-command")]
    public async Task A_verdict_is_one_of_three_names(string? verdict, string code)
    {
        await using var hall = await Open();
        await using var console = Console(hall, await hall.SignIn());
        await console.StartAsync();
        (await console.InvokeAsync<Answer>("Judge", Verdict(hall, Guid.NewGuid(), verdict))).Refusal!.Code.ShouldBe(code);
        (await console.InvokeAsync<Answer>("Judge", new { session = hall.Session.ToString(), remark = "17", verdict = "Approve" })).Refusal!.Code.ShouldBe(code);
        (await console.InvokeAsync<Answer>("Judge", new { session = SessionId.New(DateTimeOffset.UnixEpoch).ToString(), remark = Guid.NewGuid(), verdict = "Approve" })).Refusal!.Code.ShouldBe("no-session");
        hall.Show.Judged.ShouldBeEmpty();
    }

    private static async Task<Hall> Open(Func<SessionId, long, Stage>? stage = null)
    {
        var hall = await Hall.Open();
        hall.Show.Stage = stage is null ? Stages.Lobby(hall.Session) with { RemarksOn = true } : stage(hall.Session, 1);
        return hall;
    }

    private static async Task<HubConnection> Phone(Hall hall, int seat = 1)
    {
        var phone = hall.Phone(seat);
        await phone.StartAsync();
        return phone;
    }

    private static Task<RemarkTaken> Remark(HubConnection phone, string? words) => phone.InvokeAsync<RemarkTaken>("Remark", new { words });

    private static object Verdict(Hall hall, Guid remark, string? verdict) => new { session = hall.Session.ToString(), remark = remark.ToString(), verdict };

    private static HubConnection Console(Hall hall, string cookie) =>
        Clients.Hub(hall.Address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie));
}

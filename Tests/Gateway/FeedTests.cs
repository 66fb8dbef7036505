using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;
using System.Collections.Concurrent;

namespace Orleans.Story.Tests.Gateway;

public sealed class FeedTests
{
    [Fact]
    public async Task A_stage_reaches_every_phone_and_an_older_one_none()
    {
        await using var hall = await Hall.Open();
        await using var one = hall.Phone(1);
        await using var two = hall.Phone(2);
        var (first, second) = (await Listen(one), await Listen(two));

        await hall.Show.Observer!.StageChanged(Stages.Voting(hall.Session, seq: 10, round: 1));
        await hall.Show.Observer.StageChanged(Stages.Voting(hall.Session, seq: 9, round: 7));
        await hall.Show.Observer.StageChanged(Stages.Voting(hall.Session, seq: 11, round: 2));

        await Wait.For("both phones to see the third stage", () => first.Any(stage => stage.Seq == 11) && second.Any(stage => stage.Seq == 11));
        first.ShouldNotContain(stage => stage.Seq == 9);
    }

    [Fact]
    public async Task Two_tabs_are_one_viewer_to_the_session()
    {
        await using var hall = await Hall.Open(new GatewayOptions { RenewWatch = TimeSpan.FromMilliseconds(100) });
        await using var tab = hall.Phone(1);
        await using var otherTab = hall.Phone(1);
        await using var neighbour = hall.Phone(2);
        foreach (var phone in new[] { tab, otherTab, neighbour }) await phone.StartAsync();
        await Wait.For("two present", () => hall.Show.Present == 2);
        await otherTab.DisposeAsync();
        await neighbour.DisposeAsync();
        await Wait.For("one present", () => hall.Show.Present == 1);
    }

    [Fact]
    public async Task A_lost_push_is_repaired_by_the_next_renewal()
    {
        await using var hall = await Hall.Open(new GatewayOptions { RenewWatch = TimeSpan.FromMilliseconds(100) });
        await using var phone = hall.Phone();
        var seen = await Listen(phone);
        hall.Show.Stage = Stages.Voting(hall.Session, seq: 30, round: 4);
        await Wait.For("the stage nobody pushed", () => seen.Any(stage => stage.Seq == 30));
    }

    [Fact]
    public async Task A_session_that_lost_its_count_is_believed()
    {
        await using var hall = await Hall.Open(new GatewayOptions { RenewWatch = TimeSpan.FromMilliseconds(100) });
        hall.Show.Stage = Stages.Voting(hall.Session, seq: 500);
        await using var phone = hall.Phone();
        var seen = await Listen(phone);
        hall.Show.Stage = Stages.Voting(hall.Session, seq: 3, round: 1);
        await Wait.For("the stage with the lower number", () => seen.Any(stage => stage.Seq == 3));
    }

    [Fact]
    public async Task Nobody_there_for_a_while_and_the_session_is_left_alone()
    {
        await using var hall = await Hall.Open(new GatewayOptions { KeepWatching = TimeSpan.FromMilliseconds(50) });
        await using (var phone = hall.Phone()) await phone.StartAsync();
        var feeds = hall.Services.GetRequiredService<SessionFeeds>();
        await Wait.For("the feed to end", () => feeds.All().Count == 0);
    }

    [Fact]
    public async Task A_client_that_does_not_read_slows_nobody_and_is_given_up()
    {
        await using var hall = await Hall.Open(new GatewayOptions { SlowClient = TimeSpan.FromSeconds(5) });
        using var conflated = new Counted(hall, "story.gateway.conflated");
        using var aborted = new Counted(hall, "story.gateway.aborted");
        using var stalled = await RawPhone.Connect(hall, seat: 9);
        await using var phone = hall.Phone(1);
        var seen = await Listen(phone);
        await Wait.For("the feed's observer", () => hall.Show.Observer is not null);

        // More than every buffer between the server and a client that never reads.
        for (var seq = 10; seq < 500; seq++)
        {
            await hall.Show.Observer!.StageChanged(Stages.Wordy(hall.Session, seq, 60_000));
            var last = seq;
            await Wait.For($"stage {seq} on the phone that reads", () => seen.Any(stage => stage.Seq == last));
            if (conflated.Total > 0) break;
        }

        await Wait.For("the stalled client to be given up", () => aborted.Total == 1);
        conflated.Total.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Phones_get_two_tallies_a_second_and_walls_ten()
    {
        await using var hall = await Hall.Open(new GatewayOptions { PhoneTallyEvery = TimeSpan.FromHours(1), ScreenTallyEvery = TimeSpan.Zero });
        await using var phone = hall.Phone();
        await using var wall = hall.Wall();
        var phoneSaw = new ConcurrentQueue<Tally>();
        var wallSaw = new ConcurrentQueue<Tally>();
        phone.On<Tally>("tally", phoneSaw.Enqueue);
        wall.On<Tally>("tally", wallSaw.Enqueue);
        await Listen(phone);
        await wall.StartAsync();
        await wall.InvokeAsync<WallNow>("Now");

        for (var seq = 10; seq < 20; seq++)
        {
            await hall.Show.Observer!.TallyChanged(hall.Session, Stages.Tally(seq, 0, seq, 0));
            var last = seq;
            await Wait.For($"tally {seq} on the wall", () => wallSaw.Any(tally => tally.Seq == last));
        }

        // One tally of the hour, then a stage that overtakes the waiting ones: what is paced never holds back what is not.
        await hall.Show.Observer!.StageChanged(Stages.Voting(hall.Session, seq: 30, round: 1));
        await Wait.For("the first tally", () => !phoneSaw.IsEmpty);
        phoneSaw.Count.ShouldBe(1);
    }

    private static async Task<ConcurrentQueue<Stage>> Listen(HubConnection phone)
    {
        var seen = new ConcurrentQueue<Stage>();
        phone.On<Stage>("stage", seen.Enqueue);
        await phone.StartAsync();
        await phone.InvokeAsync<PhoneNow>("Now");
        return seen;
    }
}

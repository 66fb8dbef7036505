using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.House;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.House;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Faults;

/// <summary>The product itself, with real mishaps: each rings, its mend works, and afterwards the record tells of it.</summary>
public sealed class MishapTests
{
    [Fact]
    public async Task A_lost_wall_a_long_pause_and_a_locked_disk_ring_are_mended_and_are_on_record()
    {
        var data = Directory.CreateTempSubdirectory("story-mishaps-").FullName;
        var clock = new HurriedClock();
        try
        {
            await using var app = GatewayHost.Build(
                new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = data }, builder => builder.Services.AddSingleton<TimeProvider>(clock));
            await app.StartAsync();
            var address = new Uri(app.Urls.First());
            var house = app.Services.GetRequiredService<HouseGatherer>();
            var cluster = app.Services.GetRequiredService<IClusterClient>();
            var door = app.Services.GetRequiredService<StaffDoor>();
            // A pass is good for a minute, and the clock hurries: every call has its own.
            async Task<T> AsAna<T>(Func<Task<T>> call)
            {
                using var speaking = door.Speak("ana", [StaffRoles.Operator]);
                return await call();
            }

            var scheduled = await AsAna(() => app.Services.GetRequiredService<Screenings>().Schedule(
                new ScreeningRequest("last-ferry", 20, "en", null, 100, null, 20, 3)));
            var session = scheduled.Session!.Session;
            var show = cluster.Session(session);
            var tickets = app.Services.GetRequiredService<Tickets>();

            async Task Operate(OperatorAction action, string reason = "") =>
                (await AsAna(() => show.Operate(new OperatorCommand(action, "ana", reason, 0, false)))).Refusal.ShouldBeNull();
            async Task<HouseHall> Until(string what, Func<HouseHall, bool> there)
            {
                for (var looked = await house.Gather(CancellationToken.None); ; looked = await house.Gather(CancellationToken.None))
                {
                    if (there(looked)) return looked;
                    clock.GetUtcNow().ShouldBeLessThan(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(60), $"waited for {what}: {string.Join(", ", looked.Sessions.SelectMany(tile => tile.Alarms).Concat(looked.Alarms).Select(alarm => alarm.Kind))}");
                    clock.Push(TimeSpan.FromMilliseconds(250));
                }
            }

            bool Rings(HouseHall hall, AlarmKind kind) => hall.Alarms.Concat(hall.Sessions.SelectMany(tile => tile.Alarms)).Any(alarm => alarm.Kind == kind);

            // Nobody there and no wall: both ring, and both are mended by whoever comes.
            await Operate(OperatorAction.Open);
            await Operate(OperatorAction.Start);
            await Until("a show without phones and wall", hall => Rings(hall, AlarmKind.NoPhones) && Rings(hall, AlarmKind.NoWall));
            var seating = await show.Join(ViewerId.New(), null);
            await using var phone = Clients.Hub(address, "/hubs/audience", tickets.Issue(new ViewerTicket(session, seating.Seat, ViewerId.New(), 0)).Ticket);
            await phone.StartAsync();
            var wall = Clients.Hub(address, "/hubs/wall", tickets.IssueWall(session));
            await wall.StartAsync();
            await Until("a phone and a wall", hall => hall.Sessions.Single().Session is { Present: > 0, Health.Walls: > 0 } && !Rings(hall, AlarmKind.NoPhones) && !Rings(hall, AlarmKind.NoWall));

            // The projector's machine goes, and comes back.
            await wall.DisposeAsync();
            var lost = await Until("the lost wall", hall => Rings(hall, AlarmKind.WallLost));
            lost.Sessions[0].Session.Holds.ShouldBeTrue();
            lost.Sessions[0].Alarms[0].SinceMs.ShouldBeLessThanOrEqualTo(lost.NowMs - 5000);
            wall = Clients.Hub(address, "/hubs/wall", tickets.IssueWall(session));
            await wall.StartAsync();
            await Until("the wall to be back", hall => !Rings(hall, AlarmKind.WallLost));

            await Operate(OperatorAction.Pause, "somebody fainted");
            await Until("a long pause", hall => Rings(hall, AlarmKind.PausedLong));
            await Operate(OperatorAction.Resume);
            await Until("the show to go on", hall => !Rings(hall, AlarmKind.PausedLong));

            // Another program holds the database: the hall rings, once, and is well again by itself.
            await using (var thief = new SqliteConnection($"Data Source={Path.Combine(data, "hall.db")};Pooling=False"))
            {
                await thief.OpenAsync();
                await using var hold = thief.CreateCommand();
                hold.CommandText = "BEGIN IMMEDIATE";
                await hold.ExecuteNonQueryAsync();
                var told = AsAna(() => show.Operate(new OperatorCommand(OperatorAction.Tell, "ana", "", 0, false, Words: "One moment.")));
                var journal = app.Services.GetRequiredService<ILocalJournal>();
                await Wait.For("the journal to fail", () => journal.Now.State == JournalState.Failing);
                var failing = await house.Gather(CancellationToken.None);
                failing.Alarms.Single(alarm => alarm.Kind == AlarmKind.JournalFailing).Mend.In("zh").ShouldNotBeNullOrWhiteSpace();
                hold.CommandText = "ROLLBACK";
                await hold.ExecuteNonQueryAsync();
                await Wait.For("the journal to be well", () => journal.Now.State == JournalState.Well);
                // It may have been told that its fate is unknown: that is an answer too.
                await ((Task)told).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            }

            (await house.Gather(CancellationToken.None)).Alarms.ShouldNotContain(alarm => alarm.Kind == AlarmKind.JournalFailing);
            // A session that did not know what it had written reads again first.
            await Wait.For("the show to take a command again", async () =>
                (await AsAna(() => show.Operate(new OperatorCommand(OperatorAction.End, "ana", "enough", 0, false)))).IsDone);
            var after = (await AsAna(show.Insights)).ShouldNotBeNull();
            after.Cut.ShouldBeTrue();
            after.PausedMs.ShouldBeGreaterThanOrEqualTo(Alarms.LongPauseMs);
            after.Interventions.Single(one => one.Kind == "Pause").ShouldSatisfyAllConditions(
                pause => pause.By.ShouldBe("ana"), pause => pause.Reason.ShouldBe("somebody fainted"));
            (await house.Gather(CancellationToken.None)).Sessions.ShouldBeEmpty("it is over");
            await wall.DisposeAsync();
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}

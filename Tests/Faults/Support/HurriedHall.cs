using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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

namespace Orleans.Story.Tests.Faults.Support;

/// <summary>The product itself in this process, on a clock that can be hurried, and whoever looks after it.</summary>
internal sealed class HurriedHall : IAsyncDisposable
{
    /// <summary>How far the clock goes between two looks, unless a test says otherwise.</summary>
    private static readonly TimeSpan Stride = TimeSpan.FromMilliseconds(250);

    private readonly WebApplication _app;
    private readonly string _data;
    private readonly bool _isOwn;
    private readonly HouseGatherer _house;

    private HurriedHall(WebApplication app, HurriedClock clock, string data, bool isOwn)
    {
        (_app, Clock, _data, _isOwn) = (app, clock, data, isOwn);
        _house = app.Services.GetRequiredService<HouseGatherer>();
        Cluster = app.Services.GetRequiredService<IClusterClient>();
    }

    public HurriedClock Clock { get; }

    public IClusterClient Cluster { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The screening that was scheduled last.</summary>
    public SessionId Session { get; private set; }

    public ISessionGrain Show => Cluster.Session(Session);

    private Uri Address => new(_app.Urls.First());

    /// <summary>Opens the hall.</summary>
    /// <param name="data">Its data folder; one of its own when left out.</param>
    /// <param name="alter">Changes what the process is made of, once it is put together.</param>
    public static async Task<HurriedHall> OpenAsync(string? data = null, Action<IServiceCollection>? alter = null)
    {
        var clock = new HurriedClock();
        var folder = data ?? Directory.CreateTempSubdirectory("story-hurried-").FullName;
        var app = GatewayHost.Build(new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = folder }, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            ((IHostApplicationBuilder)builder).ConfigureContainer(new DefaultServiceProviderFactory(), services => alter?.Invoke(services));
        });
        await app.StartAsync();
        return new HurriedHall(app, clock, folder, data is null);
    }

    /// <summary>Schedules a screening.</summary>
    public async Task ScheduleAsync(int minutes = 20, int windowSeconds = 20, TimeSpan ahead = default)
    {
        var at = ahead == default ? 0 : (Clock.GetUtcNow() + ahead).ToUnixTimeMilliseconds();
        var scheduled = await AsAna(() => Services.GetRequiredService<Screenings>().Schedule(
            new ScreeningRequest("last-ferry", minutes, "en", null, 100, null, windowSeconds, 3, ScheduledMs: at)));
        scheduled.Refusal.ShouldBeNull();
        Session = scheduled.Session!.Session;
    }

    /// <summary>Schedules a screening, opens its doors and starts it.</summary>
    public async Task StartAsync(int minutes = 20, int windowSeconds = 20)
    {
        await ScheduleAsync(minutes, windowSeconds);
        await Operate(OperatorAction.Open);
        await Operate(OperatorAction.Start);
    }

    /// <summary>Calls as the operator. A pass is good for a minute, and the clock hurries: every call has its own.</summary>
    public async Task<T> AsAna<T>(Func<Task<T>> call)
    {
        using var speaking = Services.GetRequiredService<StaffDoor>().Speak("ana", [StaffRoles.Operator]);
        return await call();
    }

    /// <summary>Gives a command that must be taken.</summary>
    public async Task Operate(OperatorAction action, string reason = "", string? words = null) =>
        (await TryOperate(action, reason, words)).Refusal.ShouldBeNull();

    /// <summary>Gives a command.</summary>
    public Task<Outcome> TryOperate(OperatorAction action, string reason = "", string? words = null) =>
        AsAna(() => Show.Operate(new OperatorCommand(action, "ana", reason, 0, false, Words: words)));

    /// <summary>Looks at the house once; while something blocks what is looked at, the clock goes on.</summary>
    public async Task<HouseHall> Look(bool hurry = false)
    {
        var looking = _house.Gather(CancellationToken.None);
        if (hurry)
        {
            await Wait.For("a look at the house", () =>
            {
                if (looking.IsCompleted) return true;
                Clock.Push(TimeSpan.FromMilliseconds(100));
                return false;
            });
        }

        return await looking.Within("a look at the house");
    }

    /// <summary>Looks until it is as wanted, and lets the clock go on in between.</summary>
    public async Task<HouseHall> Until(string what, Func<HouseHall, bool> there, TimeSpan? stride = null, bool hurry = false, Func<Task>? between = null)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        while (true)
        {
            var looked = await Look(hurry);
            if (there(looked)) return looked;
            patience.IsCancellationRequested.ShouldBeFalse($"waited for {what}; what rings: {string.Join(", ", Ringing(looked).Select(alarm => alarm.Kind))}");
            if (between is not null) await between();
            Clock.Push(stride ?? Stride);
        }
    }

    /// <summary>Looks until an alarm rings, and answers it.</summary>
    public async Task<Alarm> UntilRings(AlarmKind kind, TimeSpan? stride = null, bool hurry = false, Func<Task>? between = null)
    {
        var hall = await Until($"{kind} to ring", hall => Rings(hall, kind), stride, hurry, between);
        var alarm = Ringing(hall).Single(one => one.Kind == kind);
        alarm.Mend.In("en").ShouldNotBeNullOrWhiteSpace();
        alarm.Mend.In("zh").ShouldNotBe(alarm.Mend.In("en"));
        return alarm;
    }

    /// <summary>Looks until an alarm is silent.</summary>
    public Task<HouseHall> UntilSilent(AlarmKind kind, TimeSpan? stride = null, Func<Task>? between = null) =>
        Until($"{kind} to be mended", hall => !Rings(hall, kind), stride, between: between);

    public static bool Rings(HouseHall hall, AlarmKind kind) => Ringing(hall).Any(alarm => alarm.Kind == kind);

    /// <summary>A phone with a seat, connected.</summary>
    public async Task<HubConnection> Phone()
    {
        var seating = await Show.Join(ViewerId.New(), null);
        return await Connected("/hubs/audience", Services.GetRequiredService<Tickets>().Issue(new ViewerTicket(Session, seating.Seat, ViewerId.New(), 0)).Ticket);
    }

    /// <summary>A wall, connected.</summary>
    public Task<HubConnection> Wall(Action<HubConnection>? before = null) =>
        Connected("/hubs/wall", Services.GetRequiredService<Tickets>().IssueWall(Session), before);

    /// <summary>Another program takes the database for itself, until what is answered is disposed of.</summary>
    public async Task<SqliteConnection> HoldDatabase()
    {
        var thief = new SqliteConnection($"Data Source={Path.Combine(_data, "hall.db")};Pooling=False");
        await thief.OpenAsync();
        await using var hold = thief.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();
        return thief;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_isOwn) Directory.Delete(_data, recursive: true);
    }

    private static IEnumerable<Alarm> Ringing(HouseHall hall) => hall.Alarms.Concat(hall.Sessions.SelectMany(tile => tile.Alarms));

    private async Task<HubConnection> Connected(string path, string ticket, Action<HubConnection>? before = null)
    {
        var hub = Clients.Hub(Address, path, ticket);
        before?.Invoke(hub);
        await hub.StartAsync();
        return hub;
    }
}

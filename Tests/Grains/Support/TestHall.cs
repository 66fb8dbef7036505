using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Grains.Films;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Silo;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Tests.Support;
using Orleans.TestingHost;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>
/// A hall in memory but for its data folder: one silo, the real storage, a clock that the test moves. Stopping it and
/// starting another on the same folder is a restart.
/// </summary>
public sealed class TestHall : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;
    private readonly bool ownsFolder;

    private TestHall(InProcessTestCluster cluster, ManualClock clock, string folder, bool ownsFolder) =>
        (this.cluster, Clock, Folder, this.ownsFolder) = (cluster, clock, folder, ownsFolder);

    public ManualClock Clock { get; }

    public string Folder { get; }

    /// <summary>The grains, for a test that is as good as the house itself.</summary>
    public IClusterClient Grains
    {
        get
        {
            Speak(new StaffPass(StaffDoor.House, [StaffRoles.Operator, StaffRoles.Director, StaffRoles.Admin, StaffRoles.House], long.MaxValue));
            return cluster.Client;
        }
    }

    /// <summary>The grains, for a test that brings a pass of its own or none.</summary>
    public IClusterClient Bare => cluster.Client;

    /// <summary>The key that the hall's passes are sealed with.</summary>
    public StaffKey Key => cluster.Silos[0].ServiceProvider.GetRequiredService<StaffKey>();

    /// <summary>From here on the test calls with this pass.</summary>
    public void Speak(StaffPass pass) => RequestContext.Set(StaffDoor.ContextKey, Key.Seal(pass));

    public IJournal Journal => cluster.Silos[0].ServiceProvider.GetRequiredService<IJournal>();

    public IReminderTable Reminders => cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();

    public IRemarkTable Remarks => cluster.Silos[0].ServiceProvider.GetRequiredService<IRemarkTable>();

    public ISuggestionTable Suggestions => cluster.Silos[0].ServiceProvider.GetRequiredService<ISuggestionTable>();

    public FilmLibrary Films => cluster.Silos[0].ServiceProvider.GetRequiredService<FilmLibrary>();

    /// <summary>Starts a hall.</summary>
    /// <param name="after">The hall that went down before: same folder, same clock.</param>
    /// <param name="writer">Who writes; the storylet writer unless a test brings its own.</param>
    /// <param name="journal">What stands between the grains and the journal, for faults.</param>
    /// <param name="roles">What the silo does.</param>
    /// <param name="blocklist">The venue's words; the built-in ones unless a test brings its own.</param>
    public static async Task<TestHall> OpenAsync(
        TestHall? after = null, IBeatWriter? writer = null, Func<IJournal, IJournal>? journal = null, StoryRoles roles = StoryRoles.All,
        Blocklist? blocklist = null)
    {
        var clock = after?.Clock ?? new ManualClock();
        var folder = after?.Folder ?? Directory.CreateTempSubdirectory("story-hall-").FullName;
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddStoryStorage(new StorageOptions { DataFolder = folder });
            silo.AddSqliteGrainStorage();
            silo.UseSqliteReminders();
            silo.AddStorySilo(roles);
            if (blocklist is not null) silo.Services.AddSingleton(blocklist);
            if (writer is not null) silo.Services.AddSingleton(writer);
            if (journal is not null) Decorate(silo.Services, journal);
        });
        var built = builder.Build();
        await built.DeployAsync();
        var hall = new TestHall(built, clock, folder, ownsFolder: after is null);
        hall.Journal.ShouldNotBeNull();
        (await hall.Films.AddAsync(PaperFilm.Sources)).Film.ShouldNotBeNull();
        return hall;
    }

    /// <summary>A session of the paper film with its doors open.</summary>
    public async Task<HallSession> ScheduleAsync(SessionTerms? terms = null)
    {
        var scheduled = await Grains.Hall().Schedule(terms ?? PaperShow.Terms(PaperFilm.Film, minutes: 3));
        scheduled.Refusal.ShouldBeNull();
        await OperateAsync(scheduled.Session!.Session, OperatorAction.Open);
        return scheduled.Session;
    }

    public async Task OperateAsync(SessionId session, OperatorAction action, int seconds = 0, bool shift = false) =>
        (await Grains.Session(session).Operate(new OperatorCommand(action, "operator", "a test", seconds, shift))).Refusal.ShouldBeNull();

    /// <summary>Moves the clock in small steps until the stage is as wanted, and returns it.</summary>
    public async Task<Stage> UntilAsync(SessionId session, Func<Stage, bool> wanted, string what, int seconds = 400)
    {
        for (var ms = 0; ms < seconds * 1000; ms += 100)
        {
            // The call lines up behind the ticks that the last advance made due, so it sees what they did.
            var stage = (await Grains.Session(session).Look()).ShouldNotBeNull().Stage;
            if (wanted(stage)) return stage;
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException($"Waited {seconds} s of show time for {what}.");
    }

    /// <summary>Asks until the open round's tally is as wanted; shards' reports are one-way.</summary>
    public async Task UntilTallyAsync(SessionId session, Func<Tally, bool> wanted)
    {
        for (var asked = 0; (await Grains.Session(session).Look())!.Tally is not { } tally || !wanted(tally); asked++)
            asked.ShouldBeLessThan(10_000, "the shards' report never arrived");
    }

    /// <summary>Asks until as many beats are written as planned, since the show began; writers work in their own time, while the clock stands.</summary>
    public async Task UntilWrittenAsync(SessionId session, int beats)
    {
        for (var asked = 0; ; asked++)
        {
            asked.ShouldBeLessThan(10_000, $"{beats} beats were never written");
            // The call lines up behind what the session is doing, and gives the writers a turn.
            await Grains.Session(session).Look();
            var written = 0;
            await foreach (var row in Journal.ReadAsync(session.Stream)) written += row.Type == nameof(BeatPrepared) ? 1 : 0;
            if (written >= beats) return;
        }
    }

    /// <summary>Every beat that was written, in order.</summary>
    public async Task<List<Beat>> WrittenAsync(SessionId session)
    {
        var beats = new List<Beat>();
        await foreach (var row in Journal.ReadAsync(session.Stream))
        {
            if (EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span) is BeatPrepared prepared) beats.Add(prepared.Beat);
        }

        return beats;
    }

    /// <summary>The wall reports a line. The report is one-way, so it is over when the session says that it saw the wall just now.</summary>
    public async Task ShowAsync(SessionId session, int beat, int line)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Grains.Session(session).Shown(beat, line);
        for (var asked = 0; (await Grains.Session(session).Look())!.Health.WallSeenMs != Clock.NowMs; asked++)
            asked.ShouldBeLessThan(10_000, "the wall's report never arrived");
    }

    public Task<Stage> UntilOpenAsync(SessionId session, int round) =>
        UntilAsync(session, stage => stage.Round is { State: RoundState.Open } open && open.Round == round, $"round {round} to open");

    /// <summary>Ballots of seats 1..n, by option.</summary>
    public static BallotBatch Ballots(StageRound round, int n, params int[] choices) => new(
        new RoundTerms(round.Round, round.Options.Length, round.Rule),
        [.. choices.Select((choice, i) => new Ballot(i + 1, n, choice.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);

    /// <summary>A grain's activation is gone, in the middle of whatever it does; who calls it next wakes a new one.</summary>
    public Task EndAsync(IAddressable grain) => cluster.DeactivateAsync(grain.GetGrainId());

    /// <summary>
    /// Moves the clock in small steps until something is so, with time between them for whoever works on threads of their own: a
    /// busy machine must not turn a second of show into none.
    /// </summary>
    public async Task StepUntilAsync(SessionId session, Func<Task<bool>> wanted, string what, int seconds = 60)
    {
        for (var ms = 0; ms < seconds * 1000; ms += 100)
        {
            for (var asked = 0; asked < 100; asked++)
            {
                if (await wanted()) return;
                await Grains.Session(session).Look();
            }

            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException($"Waited {seconds} s of show time for {what}.");
    }

    /// <summary>The process dies: nothing is flushed, deactivated or said goodbye to.</summary>
    public async Task KillAsync()
    {
        await cluster.KillSiloAsync(cluster.Silos[0]);
        await cluster.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        if (ownsFolder && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static void Decorate(IServiceCollection services, Func<IJournal, IJournal> decorator)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IJournal));
        services.Remove(inner);
        services.AddSingleton(provider => decorator((IJournal)inner.ImplementationFactory!(provider)));
    }
}

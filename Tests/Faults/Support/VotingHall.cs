using System.Diagnostics;
using System.Net;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Faults.Support;

/// <summary>The real program with one show, a few phones and an open round: something to lose.</summary>
internal sealed class VotingHall : IAsyncDisposable
{
    private const int Seats = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Booth _booth;
    private readonly Phone[] _phones;
    private readonly IReadOnlyList<string>? _wrapper;
    private readonly int[] _n = new int[Seats];
    private Stage? _stage;
    private int _draws;

    private VotingHall(HallPlace place, IReadOnlyList<string>? wrapper)
    {
        (Place, _wrapper, _booth) = (place, wrapper, new Booth(place));
        _phones = [.. Enumerable.Range(0, Seats).Select(_ => new Phone(place.Address, _http) { StageCame = See })];
        Process = HallProcess.Start(place, wrapper);
    }

    public HallPlace Place { get; }

    public HallProcess Process { get; private set; }

    public Claims Claims { get; } = new();

    public string HallDb => Path.Combine(Place.Data, "hall.db");

    private string Session { get; set; } = "";

    /// <summary>The show as the phones saw it last.</summary>
    public Stage Stage => Volatile.Read(ref _stage)!;

    /// <summary>Opens the hall, lets everyone in and waits for the first round.</summary>
    /// <param name="place">Where; a fresh place unless a test has made one.</param>
    /// <param name="wrapper">What runs the program.</param>
    /// <param name="writer">Who must have written the opening before the show starts; nobody is waited for unless a test says so.</param>
    public static async Task<VotingHall> OpenAsync(HallPlace? place = null, IReadOnlyList<string>? wrapper = null, string? writer = null)
    {
        var hall = new VotingHall(place ?? HallPlace.Fresh(Path.Combine(AppContext.BaseDirectory, "Film")), wrapper);
        try
        {
            await hall.OpenedAsync();
            await hall._booth.SignIn(hall.Process.Password!, CancellationToken.None);
            var session = await hall._booth.Schedule(new ScreeningRequest("lighthouse", 2, "en", ["en"], 100, nameof(VotingRule.Plurality), 120, 2), CancellationToken.None);
            hall.Session = session.Session.ToString();
            await hall._booth.Operate(hall.Session, OperatorAction.Open, CancellationToken.None);
            foreach (var phone in hall._phones) (await phone.Join(session.JoinCode, "en", CancellationToken.None)).ShouldBeNull();
            await hall.ComeBackAsync();
            if (writer is not null) await hall.HealthIsAsync(health => health.Credit?.Writer == writer, $"the opening to be written by {writer}");
            await hall._booth.Operate(hall.Session, OperatorAction.Start, CancellationToken.None);
            await Until(() => hall.Stage.Round is { State: RoundState.Open }, "the first round");
            return hall;
        }
        catch
        {
            await hall.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every seat sends its next ballot once, or again the one that was not taken; answers how many were acknowledged.</summary>
    public async Task<int> VoteAsync()
    {
        var round = Stage.Round!;
        round.State.ShouldBe(RoundState.Open);
        var answers = await Task.WhenAll(_phones.Select(async (phone, i) =>
        {
            var ballot = new SentBallot(round.Round, phone.Seat, _n[i] + 1, $"{(_draws++ + i) % round.Options.Length}");
            Claims.Sends(ballot);
            var answer = await phone.Cast(new CastBallot(round.Round, [ballot.Choice[0] - '0'], ballot.N), CancellationToken.None).WaitAsync(Patience);
            Claims.Answered(ballot);
            if (answer.Receipt is not { } receipt)
            {
                answer.Refusal!.Code.ShouldBeOneOf("slow-down", "busy");
                return false;
            }

            Claims.Told(receipt, isNewest: false).ShouldBeNull();
            receipt.Status.ShouldBeOneOf(ReceiptStatus.Counted, ReceiptStatus.Busy, ReceiptStatus.Stale);
            if (receipt.Status == ReceiptStatus.Busy) return false;
            _n[i] = Math.Max(_n[i], receipt.N);
            return receipt.Status == ReceiptStatus.Counted;
        }));
        return answers.Count(counted => counted);
    }

    /// <summary>Votes until as many ballots as there are seats are acknowledged in one go.</summary>
    public Task UntilAllCountAsync() => Until(async () => await VoteAsync() == Seats, "every seat's ballot to count");

    /// <summary>Votes until nothing at all is acknowledged.</summary>
    public Task UntilNothingCountsAsync() => Until(async () => await VoteAsync() == 0, "the journal to take nothing");

    /// <summary>What the console shows, as soon as it is as wanted.</summary>
    public async Task<JournalHealth> ConsoleShowsAsync(JournalState state, JournalTrouble? kind = null)
    {
        JournalHealth? shown = null;
        await HealthIsAsync(health => (shown = health.Journal) is { } journal && journal.State == state && journal.Kind == kind, $"the console to show {state} {kind}");
        return shown!;
    }

    /// <summary>Waits until a writer's beats lie ready, one an option: what a slow machine needs for them is no part of what is tested.</summary>
    public Task WrittenAheadAsync(string writer) => HealthIsAsync(
        health => health.Coming.Length == Stage.Round!.Options.Length && health.Coming.All(beat => beat.Writer == writer), $"every option's beat to be written by {writer}");

    private Task HealthIsAsync(Func<SessionHealth, bool> wanted, string what) =>
        Until(async () => wanted((await _booth.Watch(Session, CancellationToken.None)).Health), what);

    /// <summary>Whether the process says that it can serve, and what it says.</summary>
    public async Task<(HttpStatusCode Status, string Words)> ReadyAsync()
    {
        using var answer = await _http.GetAsync(new Uri(Place.Address, "/readyz"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Holds what lies on disk against what was acknowledged.</summary>
    public void DiskHolds(string? data = null)
    {
        var session = HallJournal.Read(data ?? Place.Data).Session(Session);
        session.Faults().ShouldBeEmpty();
        foreach (var ballot in Claims.Acknowledged)
        {
            var stands = session.Standing(ballot.Round).TryGetValue(ballot.Seat, out var one) ? one : (N: 0, Choice: "");
            Claims.Contradiction(ballot with { N = stands.N, Choice = stands.Choice }).ShouldBeNull();
        }

        Claims.Acknowledged.ShouldNotBeEmpty();
    }

    /// <summary>The operator closes the vote.</summary>
    public async Task CloseAsync() => (await _booth.Operate(Session, OperatorAction.Close, CancellationToken.None)).ShouldBeNull();

    /// <summary>The process dies.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.Dispose();
        Claims.TakeLost();
    }

    /// <summary>A new process on the same folder, and every seat finds what it was promised.</summary>
    public async Task BackAsync()
    {
        Process = HallProcess.Start(Place, _wrapper);
        await OpenedAsync();
        await ComeBackAsync();
    }

    /// <summary>A start that must be refused: its exit code and its words.</summary>
    public async Task<(int ExitCode, string Words)> RefusedAsync(string language = "en")
    {
        using var process = HallProcess.Start(Place, _wrapper, language);
        (await process.Opened.WaitAsync(Patience)).ShouldBeFalse("the start should have been refused");
        await process.EndedAsync(CancellationToken.None).WaitAsync(Patience);
        return (process.ExitCode, string.Join("\n", process.Output));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones) await phone.DisposeAsync();
        await _booth.DisposeAsync();
        Process.Dispose();
        _http.Dispose();
        Directory.Delete(Place.Data, recursive: true);
    }

    public static Task Until(Func<bool> there, string what) => Until(() => Task.FromResult(there()), what);

    public static async Task Until(Func<Task<bool>> there, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await Holds(there))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.");
            // Looks again soon; what it waits for decides, not how long it slept. Slower than a seat's allowance of ballots.
            await Task.Delay(210);
        }
    }

    private static async Task<bool> Holds(Func<Task<bool>> there)
    {
        try
        {
            return await there();
        }
        catch (Exception e) when (Viewer.IsOutage(e))
        {
            // A hub that says "busy" is a hall in trouble, which is what is being waited out.
            return false;
        }
    }

    private async Task OpenedAsync()
    {
        if (!await Process.Opened.WaitAsync(Patience)) throw new InvalidOperationException($"The program did not start: {string.Join('\n', Process.Output)}");
    }

    private async Task ComeBackAsync()
    {
        foreach (var phone in _phones)
        {
            await Until(
                async () =>
                {
                    var now = await phone.Connect(CancellationToken.None);
                    if (now.Receipt is { } receipt) Claims.Told(receipt, isNewest: true).ShouldBeNull();
                    See(now.Stage);
                    return true;
                },
                $"seat {phone.Seat} to be back");
        }
    }

    private void See(Stage stage)
    {
        if (Volatile.Read(ref _stage) is { } before && before.Seq >= stage.Seq) return;
        Volatile.Write(ref _stage, stage);
    }
}

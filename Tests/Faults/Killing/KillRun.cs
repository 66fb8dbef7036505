using System.Diagnostics;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>What a run is made of.</summary>
/// <param name="Kills">How many.</param>
/// <param name="Seed">Where all draws come from; times of the machine are not drawn, so a repeat meets other interleavings.</param>
/// <param name="Films">A library that holds the film <c>lighthouse</c>.</param>
/// <param name="SeatsEach">Phones a session; there are three sessions.</param>
internal sealed record KillTerms(int Kills, long Seed, string Films, int SeatsEach = 8);

/// <summary>
/// One hall, killed again and again: three sessions in different states under more load than people make, SIGKILL at a
/// drawn moment, the files looked at as they lie, a new process on the same folder, every seat asked what stands.
/// </summary>
internal sealed class KillRun : IAsyncDisposable
{
    /// <summary>Longer than a start ever takes, however busy the machine; after it the run gives up and says so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly ScreeningKind[] Kinds =
    [
        new(200, VotingRule.Plurality, 5), new(5_000, VotingRule.Plurality, 6), new(10_000, VotingRule.Approval, 5),
    ];

    private readonly KillTerms _terms;
    private readonly HallPlace _place;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Booth _booth;
    private readonly Screening[] _screenings;
    private readonly Dice _dice;
    private readonly List<DateTimeOffset> _starts = [];
    private readonly Dictionary<string, SessionAtKill> _before = [];
    private readonly Lock _gate = new();
    private int _kill;

    public KillRun(KillTerms terms)
    {
        _terms = terms;
        _place = HallPlace.Fresh(terms.Films);
        _booth = new Booth(_place);
        _dice = new Dice(terms.Seed);
        _screenings = [.. Kinds.Select((kind, i) => new Screening(_place, _booth, _http, kind, terms.SeatsEach, _dice.For(100 + i), Fail))];
    }

    /// <summary>What was found so far.</summary>
    public KillReport Report { get; } = new();

    /// <summary>Kills until the terms are met, or something does not hold.</summary>
    public async Task<KillReport> RunAsync(CancellationToken stop)
    {
        var killed = Stopwatch.StartNew();
        for (_kill = 1; _kill <= _terms.Kills && Report.Failures.Count == 0; _kill++)
        {
            stop.ThrowIfCancellationRequested();
            // The first process has nothing to recover; it must live long enough to let everyone in.
            var aim = _kill == 1 ? KillAim.Voting : KillAims.Draw(_dice);
            var life = await Live(aim, killed, stop);
            killed.Restart();
            if (Report.Failures.Count == 0) LookAtTheDead(life);
        }

        return Report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var screening in _screenings) await screening.DisposeAsync();
        await _booth.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_place.Data, recursive: true);
    }

    private void Fail(string what)
    {
        lock (_gate) Report.Failures.Add($"seed {_terms.Seed}, kill {_kill}: {what}");
    }

    /// <summary>One process from its start to its kill.</summary>
    private async Task<Life> Live(KillAim aim, Stopwatch killed, CancellationToken stop)
    {
        _starts.Add(DateTimeOffset.UtcNow);
        var started = Stopwatch.GetTimestamp();
        using var process = HallProcess.Start(_place);
        var life = new Life(_screenings.Length);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        List<Task> shows = [];
        if (aim == KillAim.Starting)
        {
            var usual = Report.StartMs.Count == 0 ? 1_000 : KillReport.Percentile(Report.StartMs, 50);
            await Task.WhenAny(process.Opened, Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(0, 1.05 * usual)), stop));
        }
        else if (!await process.Opened.WaitAsync(Patience, stop))
        {
            Fail($"the program did not start: {string.Join(" | ", process.Output.TakeLast(12))}");
        }

        if (process.Opened.IsCompletedSuccessfully && process.Opened.Result)
        {
            life.Answered = true;
            Report.StartMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        if (aim != KillAim.Starting && Report.Failures.Count == 0)
        {
            if (_kill == 1) await _booth.SignIn(process.Password!, stop);
            shows = [.. _screenings.Select(screening => Task.Run(() => screening.Serve(() => life.FirstBack(), () => life.OneMoreBack(), gone.Token), stop))];
            if (aim == KillAim.Recovering)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(0, 350)), stop);
            }
            else
            {
                try
                {
                    await life.AllBack.WaitAsync(Patience, stop);
                    if (_kill > 1) Report.BackCpuMs.Add(process.Used.TotalMilliseconds);
                    // From the first kill on there is something to lose.
                    if (_kill == 1) await Until(() => _screenings.All(one => one.Stage?.Round is not null), 60_000, stop);
                    await Moment(aim, stop);
                }
                catch (TimeoutException)
                {
                    Fail($"not every seat was back within {Patience.TotalSeconds} s: {string.Join(" | ", process.Output.TakeLast(12))}");
                }
            }
        }

        if (process.HasExited) Fail($"the program ended by itself: {string.Join(" | ", process.Output.TakeLast(12))}");
        life.KilledMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        process.Kill();
        await gone.CancelAsync();
        await Task.WhenAll(shows).WaitAsync(Patience, stop);
        if (_kill > 1)
        {
            // From the kill before, dead time and reading of the files included.
            var between = killed.Elapsed.TotalMilliseconds - Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (life.FirstBackAt is { } first) Report.FirstBackMs.Add(between + Stopwatch.GetElapsedTime(started, first).TotalMilliseconds);
            if (life.AllBackAt is { } all) Report.AllBackMs.Add(between + Stopwatch.GetElapsedTime(started, all).TotalMilliseconds);
        }

        return life;
    }

    /// <summary>Waits for the moment that the aim asks for.</summary>
    private async Task Moment(KillAim aim, CancellationToken stop)
    {
        switch (aim)
        {
            case KillAim.Voting:
                await Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(0, 500)), stop);
                break;
            case KillAim.Opening:
                await Until(() => _screenings.Any(one => one.Stage?.Round is { State: RoundState.Open } round && NowMs - round.OpenedMs < 150), 5_000, stop);
                await Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(0, 40)), stop);
                break;
            case KillAim.Sealing:
                await NearSeal(stop);
                await Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(0, 70)), stop);
                break;
            case KillAim.Card:
                await NearSeal(stop);
                await Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(100, 1_500)), stop);
                break;
            default:
                await Hold(TimeSpan.FromMilliseconds(_dice.Between(0, 2_000)), stop);
                break;
        }
    }

    /// <summary>
    /// Waits until shortly before a seal. Held rounds have little time left and go on now; where there are none, the
    /// operator waits for a seal and holds other rounds on the way, so that later kills need not wait.
    /// </summary>
    private async Task NearSeal(CancellationToken stop)
    {
        var held = _screenings.Where(screening => screening.IsHeld).ToList();
        if (held.Count > 0)
        {
            var one = held[_dice.Below(held.Count)];
            await Try(() => _booth.Operate(one.Session!, OperatorAction.Resume, stop));
            await Until(() => one.SealsAtMs is not null || one.Stage?.Round?.State != RoundState.Open, 1_000, stop);
        }

        await Hold(TimeSpan.FromSeconds(8), stop, () => _screenings.Any(screening => screening.SealsAtMs is { } seals && seals - NowMs < 20));
    }

    /// <summary>Lets time pass and holds rounds that are about to close, each with an even chance.</summary>
    private async Task Hold(TimeSpan time, CancellationToken stop, Func<bool>? enough = null)
    {
        var until = NowMs + time.TotalMilliseconds;
        HashSet<(string, int)> considered = [];
        while (NowMs < until && enough?.Invoke() != true)
        {
            foreach (var screening in _screenings)
            {
                if (screening.Stage is not { Phase: SessionPhase.Playing, Round: { State: RoundState.Open } round } || round.DeadlineMs - NowMs is < 80 or > 350) continue;
                if (!considered.Add((screening.Session!, round.Round)) || _dice.Below(2) == 0) continue;
                await Try(() => _booth.Operate(screening.Session!, OperatorAction.Pause, stop, shift: _dice.Below(2) == 0));
            }

            await Task.Delay(5, stop);
        }

        // A round that is held for long would keep its show from ending.
        foreach (var screening in _screenings.Where(screening => screening.IsHeld))
        {
            if (enough is null && _dice.Below(3) == 0) await Try(() => _booth.Operate(screening.Session!, OperatorAction.Resume, stop));
        }
    }

    private static async Task Try(Func<Task> operate)
    {
        try
        {
            await operate();
        }
        catch (Exception e) when (Viewer.IsOutage(e))
        {
            // The command may or may not have been carried out, as always when a line is cut; the stage tells.
        }
    }

    private static async Task Until(Func<bool> there, int mostMs, CancellationToken stop)
    {
        var until = NowMs + mostMs;
        while (NowMs < until && !there()) await Task.Delay(5, stop);
    }

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Reads the files of the dead process, and holds them against what was promised and against what lay there before.</summary>
    private void LookAtTheDead(Life life)
    {
        var journal = HallJournal.Read(_place.Data);
        var phases = new List<KillPhase>();
        foreach (var screening in _screenings)
        {
            foreach (var (over, claims) in screening.Over.Concat(screening.Session is { } on ? [(on, screening.Claims)] : []))
            {
                var session = journal.Session(over);
                foreach (var fault in session.Faults()) Fail($"session {over}: {fault}");
                foreach (var rounds in claims.Acknowledged.GroupBy(ballot => ballot.Round))
                {
                    var standing = session.Standing(rounds.Key);
                    foreach (var ballot in rounds)
                    {
                        var stands = standing.TryGetValue(ballot.Seat, out var one) ? one : (N: 0, Choice: "");
                        if (claims.Contradiction(ballot with { N = stands.N, Choice = stands.Choice }) is { } wrong) Fail($"session {over}, on disk: {wrong}");
                    }
                }

                if (_before.TryGetValue(over, out var before))
                {
                    if (Recovery.Fault(before, session, _starts, out var took) is { } broken) Fail($"session {over}: {broken}");
                    if (took is { } ms) Report.ExtendedMs.Add(ms);
                }

                if (over == screening.Session) phases.Add(Phase(screening, session, life));
                // Nothing new was written: what a restart owes is still owed.
                if (before is null || session.Version > before.Version) _before[over] = SessionAtKill.Of(session);
            }
        }

        Report.Shows = _screenings.Sum(screening => screening.Over.Count);
        Report.Rounds = journal.Streams.Where(stream => stream.Key.StartsWith("session/", StringComparison.Ordinal)).Sum(stream => stream.Value.Count(row => row.Type == "RoundDecided"));
        Report.Acknowledged = _screenings.Sum(screening => screening.Claims.Ledger.Acknowledged + screening.Over.Sum(over => over.Claims.Ledger.Acknowledged));
        var phase = life switch
        {
            { Answered: false } => KillPhase.Starting,
            { AllBackAt: null } when phases.Count == 0 || phases.Min() > KillPhase.Sealing => KillPhase.Recovering,
            _ => phases.Count == 0 ? KillPhase.Telling : phases.Min(),
        };
        Report.Phases[phase] = Report.Phases.GetValueOrDefault(phase) + 1;
    }

    /// <summary>What a session was doing when the process died.</summary>
    private KillPhase Phase(Screening screening, JournaledSession session, Life life)
    {
        var lost = screening.Claims.TakeLost();
        var onDisk = lost.GroupBy(ballot => ballot.Round).Sum(round =>
        {
            var standing = session.Standing(round.Key);
            return round.Count(ballot => standing.TryGetValue(ballot.Seat, out var one) && one == (ballot.N, ballot.Choice));
        });
        Report.InTheAir = (Report.InTheAir.Lost + lost.Count, Report.InTheAir.OnDisk + onDisk);
        screening.OpenAtTheKill = session.Phase is "Playing" or "Paused" && session.Round is { Decided: null } open ? (int)open.Number : null;
        var phase = session.Round switch
        {
            null => KillPhase.Telling,
            { Decided: { } decided } => life.KilledMs < decided.Number("atMs") + session.CardMs && session.Phase == "Playing" ? KillPhase.OnTheCard : KillPhase.Telling,
            { } round when session.Phase == "Playing" && (session.Sealed(round.Number) > 0 || life.KilledMs >= round.DeadlineMs + 500) && life.Answered => KillPhase.Sealing,
            { } round when session.Standing(round.Number).Count == 0 => KillPhase.BeforeTheFirstBallot,
            { } when onDisk > 0 => KillPhase.BetweenCommitAndReceipt,
            { } when lost.Count > 0 => KillPhase.BetweenPhoneAndCommit,
            _ => KillPhase.Voting,
        };
        Report.Sessions[phase] = Report.Sessions.GetValueOrDefault(phase) + 1;
        return phase;
    }

    /// <summary>How far one process got.</summary>
    private sealed class Life(int sessions)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _first;
        private int _missing = sessions;

        public bool Answered { get; set; }

        public long KilledMs { get; set; }

        public Task AllBack => _all.Task;

        public long? FirstBackAt => Volatile.Read(ref _first) is var at and > 0 ? at : null;

        public long? AllBackAt { get; private set; }

        public void FirstBack() => Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);

        public void OneMoreBack()
        {
            if (Interlocked.Decrement(ref _missing) != 0) return;
            AllBackAt = Stopwatch.GetTimestamp();
            _all.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>How long a fault was felt, seconds.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="Wall">The longest that any wall was given nothing new to show.</param>
/// <param name="Ballot">The longest that in any session, whose vote went on, no new ballot was acknowledged.</param>
/// <param name="Late">How late this machine was with the test's own clock meanwhile: a crowded one makes everything longer.</param>
/// <param name="Note">What else is to be said of it.</param>
internal sealed record Felt(string Fault, double Wall, double Ballot, double Late, string Note)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fault,-62} wall silent {Wall,5:0.0} s   ballots {Ballot,5:0.0} s   machine late {Late,4:0.0} s   {Note}");
}

/// <summary>
/// Shows that follow one another in three halls of a cluster, with seats that vote all the time, a wall each, and an operator, while
/// parts of the cluster die. It holds everything acknowledged against the database, and every show to its end.
/// </summary>
internal sealed class Evening : IAsyncDisposable
{
    private static readonly ScreeningKind[] Halls = [new(200, VotingRule.Plurality, 120), new(5_000, VotingRule.Plurality, 120), new(100, VotingRule.Approval, 120)];

    /// <summary>Longest wait for anything; whoever waits longer has found something.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <summary>Of an open round when a fault strikes, milliseconds: longer than any fault lasts.</summary>
    private const int TimeLeftMs = 60_000;

    private readonly Venue _venue;
    private readonly Action<string> _says;
    private readonly Booth _booth;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Screening[] _halls;
    private readonly Dictionary<string, WallWatch> _walls = [];
    private readonly HashSet<string> _struck = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _shows = [];

    /// <param name="venue">The cluster.</param>
    /// <param name="seats">Seats of each hall.</param>
    /// <param name="seed">Where chance comes from.</param>
    /// <param name="says">Told a line after each fault.</param>
    public Evening(Venue venue, int seats, long seed, Action<string> says)
    {
        (_venue, _says) = (venue, says);
        _booth = new Booth(venue.Place);
        var dice = new Dice(seed);
        _halls = [.. Halls.Select((kind, i) => new Screening(venue.Place, _booth, _http, kind, seats, dice.For(i), Failures.Enqueue))];
    }

    /// <summary>What did not hold.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Ballots acknowledged so far.</summary>
    public int Acknowledged => _halls.Sum(hall => hall.Claims.Ledger.Acknowledged + hall.Over.Sum(over => over.Claims.Ledger.Acknowledged));

    /// <summary>Shows that came to their end.</summary>
    public int Shows => _halls.Sum(hall => hall.Over.Count);

    /// <summary>Signs in and lets the shows begin.</summary>
    public async Task BeginAsync()
    {
        await _booth.SignIn(_venue.Password, CancellationToken.None);
        _shows.AddRange(_halls.Select(hall => Task.Run(() => hall.Serve(() => { }, () => { }, _over.Token))));
    }

    /// <summary>The session of the first hall, which is playing.</summary>
    public SessionId First => SessionId.TryParse(_halls[0].Session!, out var session) ? session : throw new InvalidOperationException("No show is on.");

    /// <summary>The silo that holds the first hall's session now.</summary>
    public async Task<Node> HolderAsync()
    {
        var management = _venue.Client.GetGrain<IManagementGrain>(0);
        var address = await management.GetActivationAddress((IAddressable)_venue.Client.Session(First));
        return _venue.SiloAt(address!.Endpoint.Port);
    }

    /// <summary>In the middle of an open round in every hall: does something, and measures until everyone is served again.</summary>
    /// <param name="fault">What it is called.</param>
    /// <param name="strike">Does it; what it answers is added to the report.</param>
    public async Task<Felt> SufferAsync(string fault, Func<Task<string>> strike)
    {
        await VotingAsync(fault);
        foreach (var hall in _halls) _struck.Add(hall.Session!);
        var walls = _halls.Select(hall => _walls[hall.Session!]).ToList();
        var ballots = _halls.Select(_ => new Timeline()).ToList();
        using var counted = new CancellationTokenSource();
        var counting = CountAsync(ballots, counted.Token);
        var rounds = _halls.Select(hall => hall.Stage?.Round?.Round).ToList();
        var struck = Stopwatch.GetTimestamp();
        var note = await strike();
        var done = Stopwatch.GetTimestamp();
        await Until(() => ballots.Where((_, i) => _halls[i].Stage?.Round?.Round == rounds[i]).All(ballot => ballot.HasAfter(done)) && walls.All(wall => wall.Pushes.HasAfter(done)), $"every hall to be served after: {fault}");
        var now = Stopwatch.GetTimestamp();
        await counted.CancelAsync();
        var late = await counting;
        var felt = new Felt(fault, walls.Max(wall => wall.Pushes.Silence(struck, now)), ballots.Where((_, i) => _halls[i].Stage?.Round?.Round == rounds[i]).Select(ballot => ballot.Silence(struck, now)).DefaultIfEmpty(double.NaN).Max(), late, note);
        _says(felt.ToString());
        foreach (var hall in _halls) await CloseAsync(hall);
        return felt;
    }

    /// <summary>The operator closes the vote of the first hall, whose ballots say nothing about the fault from then on.</summary>
    public Task CloseFirstAsync() => CloseAsync(_halls[0]);

    /// <summary>Waits until every show that a fault struck has ended, and holds the books against the database.</summary>
    public async Task EndAsync()
    {
        await UntilAsync(
            async () =>
            {
                foreach (var hall in _halls.Where(hall => hall.SealsAtMs is not null && _struck.Contains(hall.Session ?? ""))) await CloseAsync(hall);
                return _struck.IsSubsetOf(_halls.SelectMany(hall => hall.Over).Select(over => over.Session));
            },
            "every show that a fault struck to end");
        await _over.CancelAsync();
        await Task.WhenAll(_shows).WaitAsync(Patience);
        var journal = _venue.Journal();
        foreach (var hall in _halls)
        {
            foreach (var (session, claims) in hall.Over.Concat(hall.Session is { } on ? [(on, hall.Claims)] : [])) Hold(journal.Session(session), session, claims);
            foreach (var (session, _) in hall.Over.Where(over => journal.Session(over.Session).Phase != "Ended")) Failures.Enqueue($"session {session} is over for its seats and not in the journal");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var wall in _walls.Values) await wall.DisposeAsync();
        foreach (var hall in _halls) await hall.DisposeAsync();
        await _booth.DisposeAsync();
        _http.Dispose();
        _over.Dispose();
    }

    /// <summary>What the evening came to, in a line.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Acknowledged} ballots acknowledged, {Shows} shows ended");

    public static Task Until(Func<bool> there, string what) => UntilAsync(() => Task.FromResult(there()), what, every: 20);

    /// <summary>Marks when a ballot was acknowledged in a hall that was not before; answers the longest that it was kept from looking, seconds.</summary>
    private async Task<double> CountAsync(List<Timeline> ballots, CancellationToken stop)
    {
        var counts = _halls.Select(hall => hall.Claims.News).ToArray();
        var (looked, late) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            var since = Stopwatch.GetElapsedTime(looked);
            if (since > late) late = since;
            looked = Stopwatch.GetTimestamp();
            for (var i = 0; i < _halls.Length; i++)
            {
                if (_halls[i].Claims.News is var count && count != counts[i]) ballots[i].Mark();
                counts[i] = count;
            }

            await Task.WhenAny(Task.Delay(10, stop));
        }

        return late.TotalSeconds;
    }

    /// <summary>Every hall has an open round with time left, and a wall.</summary>
    private async Task VotingAsync(string fault)
    {
        await UntilAsync(
            async () =>
            {
                var ready = _halls.Select(HasTimeLeft).ToList();
                // A vote that is nearly over is closed, so that the next one comes for all together.
                foreach (var hall in _halls.Where(hall => hall.SealsAtMs is not null && !HasTimeLeft(hall))) await CloseAsync(hall);
                return ready.All(yes => yes) || !Failures.IsEmpty;
            },
            $"a vote in every hall, before: {fault}");
        Failures.ShouldBeEmpty();
        foreach (var hall in _halls)
        {
            if (!_walls.ContainsKey(hall.Session!)) _walls[hall.Session!] = new WallWatch(_venue.Place.Address, await _booth.WallTicket(hall.Session!, CancellationToken.None));
        }

        await Until(() => _halls.All(hall => _walls[hall.Session!].Pushes is { IsEmpty: false }), $"a wall in every hall, before: {fault}");
    }

    private static async Task UntilAsync(Func<Task<bool>> there, string what, int every = 500)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await there())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.");
            await Task.Delay(every);
        }
    }

    private void Hold(JournaledSession session, string id, Claims claims)
    {
        foreach (var wrong in session.Faults()) Failures.Enqueue($"session {id}: {wrong}");
        foreach (var rounds in claims.Acknowledged.GroupBy(ballot => ballot.Round))
        {
            var standing = session.Standing(rounds.Key);
            foreach (var ballot in rounds)
            {
                var stands = standing.TryGetValue(ballot.Seat, out var one) ? one : (N: 0, Choice: "");
                if (claims.Contradiction(ballot with { N = stands.N, Choice = stands.Choice }) is { } wrong) Failures.Enqueue($"session {id}, in the database: {wrong}");
            }
        }
    }

    private static bool HasTimeLeft(Screening hall) =>
        hall.Stage is { Phase: SessionPhase.Playing, Round.State: RoundState.Open } && hall.SealsAtMs - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > TimeLeftMs;

    private async Task CloseAsync(Screening hall)
    {
        try
        {
            await _booth.Operate(hall.Session!, OperatorAction.Close, CancellationToken.None);
        }
        catch (Exception e) when (Viewer.IsOutage(e))
        {
            // Whether it was carried out the stage tells.
        }
    }
}

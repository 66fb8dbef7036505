using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Preflight;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>What a feed needs of the process around it.</summary>
internal sealed record FeedContext(
    IClusterClient Cluster, GatewayOptions Options, GatewayMeter Meter, Draining Draining, TimeProvider Time, ILogger<SessionFeed> Log, ILocalJournal? Journal);

/// <summary>
/// One session as this gateway follows it. It renews its watch every two seconds, which also brings a lost session back
/// and repairs a lost push, and fans what it learns out to phones and screens.
/// </summary>
internal sealed class SessionFeed : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly FeedContext _context;
    private readonly SessionId _id;
    private readonly Guid _gateway;
    private readonly IGatewayObserver _observer;
    private readonly Outlet _phones;
    private readonly Outlet _screens;
    private readonly Outlet _consoles;
    private readonly TaskCompletionSource<Present?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _ticks;
    private readonly HashSet<Recipient> _wallEnds = [];
    private Present? _present;
    private Task<byte[]>? _story;
    private Told _told;
    private int _connections;
    private int _walls;
    private int _consolesHere;
    private long _idleSince;
    private int _renewing;
    private long _renewed;
    private long _tallied;

    /// <summary>Starts following a session.</summary>
    public SessionFeed(FeedContext context, SessionId id, Guid gateway, IGatewayObserver observer)
    {
        (_context, _id, _gateway, _observer) = (context, id, gateway, observer);
        _phones = new Outlet(context.Options.PhoneTallyEvery, context.Meter, context.Time);
        _screens = new Outlet(context.Options.ScreenTallyEvery, context.Meter, context.Time);
        _consoles = new Outlet(TimeSpan.Zero, context.Meter, context.Time);
        Seats = new SeatBook(context.Options, context.Time);
        Ballots = new BallotDesk(context.Cluster, id, context.Options, context.Time, context.Log, context.Meter);
        Acks = new AckWindow(context.Time);
        _idleSince = context.Time.GetTimestamp();
        _ticks = context.Time.CreateTimer(static feed => ((SessionFeed)feed!).Tick(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _ = Renew();
    }

    /// <summary>Seats and their allowances.</summary>
    public SeatBook Seats { get; }

    /// <summary>The way to the shards.</summary>
    public BallotDesk Ballots { get; }

    /// <summary>How fast receipts came lately.</summary>
    public AckWindow Acks { get; }

    /// <summary>The newest present, or <see langword="null"/> before the first answer.</summary>
    public Present? Present => Volatile.Read(ref _present);

    /// <summary>The session's grain.</summary>
    public ISessionGrain Session => _context.Cluster.Session(_id);

    /// <summary>Which session.</summary>
    public SessionId Id => _id;

    /// <summary>Connections whose last write is still pending.</summary>
    public int Slow => _phones.Slow + _screens.Slow;

    /// <summary>How long the ballots acknowledged since the newest tally have not been in one; zero when there are none.</summary>
    public TimeSpan TallyAge
    {
        get
        {
            var tallied = Volatile.Read(ref _tallied);
            return Acks.FirstSince(tallied) is { } acked ? _context.Time.GetElapsedTime(acked) : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// The session's health with the journal as it is now, where the journal is this process's own: a session that waits
    /// for its journal cannot tell.
    /// </summary>
    public SessionHealth Show(SessionHealth health) => _context.Journal is { } journal ? health with { Journal = journal.Now } : health;

    /// <summary>How this gateway does with the session.</summary>
    public GatewayHealth Health => new(
        Seats.Present, Volatile.Read(ref _walls), Acks.PerSecond, Acks.P99(), Ballots.Waiting, _phones.Slow + _screens.Slow);

    /// <summary>The present, waiting for the first answer; <see langword="null"/> if there is no such session or no answer in time.</summary>
    public async Task<Present?> Known(CancellationToken stop)
    {
        if (Present is { } present) return present;
        try
        {
            return await _first.Task.WaitAsync(TimeSpan.FromSeconds(5), _context.Time, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Makes a connection's end of the fan-out; it belongs to no class yet.</summary>
    public Recipient Recipient(IPushTarget target) => new(target, _context.Options.SlowClient, _context.Meter, _context.Time);

    /// <summary>A connection came; it gets every push from now on.</summary>
    public void Join(Recipient recipient, FeedClass kind)
    {
        lock (_gate)
        {
            _connections++;
            if (kind == FeedClass.Wall)
            {
                _walls++;
                _wallEnds.Add(recipient);
            }

            if (kind == FeedClass.Console) _consolesHere++;
        }

        (kind == FeedClass.Phone ? _phones : _screens).Add(recipient);
        if (kind == FeedClass.Console) _consoles.Add(recipient);
    }

    /// <summary>A connection went.</summary>
    public void Leave(Recipient recipient, FeedClass kind)
    {
        (kind == FeedClass.Phone ? _phones : _screens).Remove(recipient);
        if (kind == FeedClass.Console) _consoles.Remove(recipient);
        lock (_gate)
        {
            if (--_connections == 0) _idleSince = _context.Time.GetTimestamp();
            if (kind == FeedClass.Wall)
            {
                _walls--;
                _wallEnds.Remove(recipient);
            }

            if (kind == FeedClass.Console) _consolesHere--;
        }
    }

    /// <summary>Whether nobody has been here for so long that the session need not be watched.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return _connections == 0 && _context.Time.GetElapsedTime(_idleSince) > _context.Options.KeepWatching;
        }
    }

    /// <summary>Keeps the feed from going idle while a caller who found it decides to join.</summary>
    public void Touch()
    {
        lock (_gate) _idleSince = _context.Time.GetTimestamp();
    }

    /// <summary>Shows a test picture on the walls that are here, or takes it off. One that comes later asks for it.</summary>
    public void Test(TestPicture picture)
    {
        Recipient[] walls;
        lock (_gate) walls = [.. _wallEnds];
        var push = Push.Of(picture, Present?.Stage.Seq ?? 0);
        foreach (var wall in walls) wall.Offer(push);
    }

    /// <summary>The session pushed a stage.</summary>
    public void Accept(Stage stage)
    {
        lock (_gate)
        {
            if (_present is not { } present) return;
            var next = present.With(stage);
            if (ReferenceEquals(next, present)) return;
            Volatile.Write(ref _present, next);
            Send(present.Stage, stage);
        }
    }

    /// <summary>The session pushed a tally.</summary>
    public void Accept(Tally tally)
    {
        lock (_gate)
        {
            if (_present is not { } present) return;
            var next = present.With(tally);
            if (ReferenceEquals(next, present)) return;
            Volatile.Write(ref _present, next);
            Send(tally);
        }
    }

    /// <summary>The session pushed that a sitting has ended. A push that is lost comes with the next renewal.</summary>
    public void Accept(Sitting sitting)
    {
        lock (_gate)
        {
            if (_present is not { } present) return;
            Volatile.Write(ref _present, present.With([sitting]));
        }

        Dismiss([sitting]);
    }

    /// <summary>
    /// What the hall has been told so far, as JSON. It is asked for once a line however many come late, and kept until the
    /// next line airs.
    /// </summary>
    public Task<byte[]> Story()
    {
        var told = Told.Of(Present?.Stage);
        lock (_gate)
        {
            if (_story is null || _told != told || _story.IsFaulted) (_told, _story) = (told, AskStory());
            return _story;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _phones.DisposeAsync();
        await _screens.DisposeAsync();
        await _consoles.DisposeAsync();
        _first.TrySetResult(null);
    }

    /// <summary>Asks the session for the whole present, unless the last question is still open.</summary>
    internal async Task Renew()
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 1) return;
        try
        {
            _renewed = _context.Time.GetTimestamp();
            var known = Present?.Stage.Seq ?? 0;
            var answer = await Session.Watch(_gateway, _observer, Seats.Present, Volatile.Read(ref _walls)).WaitAsync(_context.Options.WatchPatience, _context.Time);
            Accept(answer, known);
        }
#pragma warning disable CA1031 // Whatever went wrong, the next renewal tries again; phones keep what they have.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_context.Draining.Started) _context.Log.LogWarning("Session {Session} did not answer its gateway: {Problem}", _id, e.Message);
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    /// <summary>
    /// Takes the answer to a renewal. The answer is never older than what was known when it was asked for; if its
    /// sequence is lower even so, the session lost its count, and the answer is the truth.
    /// </summary>
    private void Accept(Watching? answer, long known)
    {
        if (answer is null)
        {
            _first.TrySetResult(null);
            return;
        }

        lock (_gate)
        {
            var fresh = Fanout.Present.Of(answer);
            if (_present is not { } present || answer.Stage.Seq < known)
            {
                // Sittings only grow, whatever became of the count.
                Volatile.Write(ref _present, _present is { } before ? fresh.With([.. before.Sittings.Values]) : fresh);
                Send(null, answer.Stage);
                if (answer.Tally is { } count) Send(count);
            }
            else
            {
                var next = present.With(answer.Sittings).With(answer.Stage);
                var moved = !ReferenceEquals(next.Stage, present.Stage);
                var counted = answer.Tally is { } tally ? next.With(tally) : next;
                Volatile.Write(ref _present, counted with { Shards = answer.Shards, Health = answer.Health, Secret = answer.Secret, Muted = [.. answer.Muted] });
                if (moved) Send(present.Stage, answer.Stage);
                if (!ReferenceEquals(counted, next)) Send(answer.Tally!);
            }
        }

        Dismiss(answer.Sittings);
        _first.TrySetResult(Present);
    }

    /// <summary>
    /// Sends the phones of ended sittings away. A phone that comes at the same moment finds the new present when it is
    /// already in the book: one of the two sees the other.
    /// </summary>
    private void Dismiss(IReadOnlyCollection<Sitting> sittings)
    {
        foreach (var sitting in sittings)
        {
            var phones = Seats.Before(sitting);
            if (phones.Count == 0) continue;
            var goodbye = Push.Goodbye(Sittings.Why(sitting.After));
            foreach (var phone in phones) phone.Dismiss(goodbye);
        }
    }

    private async Task<byte[]> AskStory() => JsonSerializer.SerializeToUtf8Bytes(await Session.Story(), Json.Options);

    private void Send(Stage? before, Stage stage)
    {
        var push = Push.Of(stage);
        var calm = before is not null && Fanout.Present.IsCalm(before, stage);
        // Serialized twice only while a remark is on the wall.
        _phones.Offer(stage.Remark is null ? push : Push.Of(Fanout.Present.ForPhones(stage)), calm);
        _screens.Offer(push, calm);
    }

    private void Send(Tally tally)
    {
        Volatile.Write(ref _tallied, _context.Time.GetTimestamp());
        var push = Push.Of(tally);
        _phones.Offer(push);
        _screens.Offer(push);
    }

    private void Tick()
    {
        _phones.Sweep();
        _screens.Sweep();
        if (Present is { } present && Volatile.Read(ref _consolesHere) > 0)
        {
            _consoles.Offer(Push.Of(Show(present.Health), Health, present.Stage.Seq));
        }

        if (_context.Time.GetElapsedTime(_renewed) >= _context.Options.RenewWatch - TimeSpan.FromMilliseconds(50)) _ = Renew();
    }
}

/// <summary>How far the telling is.</summary>
internal readonly record struct Told(int Beat, int Lines, int? Decided)
{
    /// <summary>As a stage says.</summary>
    public static Told Of(Stage? stage) => new(stage?.Beat?.Ordinal ?? -1, stage?.Beat?.Lines.Length ?? 0, stage?.Round?.Decision?.Winner);
}

/// <summary>Classes of connections: what they get, and how often.</summary>
internal enum FeedClass
{
    /// <summary>A viewer's phone.</summary>
    Phone,

    /// <summary>A big screen.</summary>
    Wall,

    /// <summary>The operator's console.</summary>
    Console,
}

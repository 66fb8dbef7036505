using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Contracts.Viewers;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Tests.Gateway;

/// <summary>
/// A cluster client whose grains are plain objects. It is a proxy, so that it fits the client interface of whichever engine
/// is built.
/// </summary>
public class FakeCluster : DispatchProxy
{
    private readonly ConcurrentDictionary<(Type, object), object> _grains = new();

    public static (IClusterClient Client, FakeCluster Fakes) Make()
    {
        var client = Create<IClusterClient, FakeCluster>();
        return (client, (FakeCluster)(object)client);
    }

    public FakeHall Hall => (FakeHall)Grain(typeof(IHallGrain), "main");

    public FakeSession Session(SessionId id) => (FakeSession)Grain(typeof(ISessionGrain), id.Value);

    public FakeAudience Audience(SessionId id, int shard = 0) =>
        (FakeAudience)Grain(typeof(IAudienceGrain), new AudienceKey(id, shard).ToString());

    /// <summary>Whether anybody asked for this session.</summary>
    public bool IsAwake(SessionId id) => _grains.ContainsKey((typeof(ISessionGrain), id.Value));

    public FakePool Pool => (FakePool)Grain(typeof(IInferencePoolGrain), "main");

    public FakeWorker Worker(string id) => (FakeWorker)Grain(typeof(IInferenceWorkerGrain), id);

    public FakeStaffBook Staff => (FakeStaffBook)Grain(typeof(IStaffBookGrain), "main");

    public FakeAudit Audit => (FakeAudit)Grain(typeof(IAuditGrain), "main");

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "GetGrain" => Grain(targetMethod.ReturnType, args![0]!),
        "CreateObjectReference" => args![0],
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private object Grain(Type type, object key) => _grains.GetOrAdd((type, key), static (which, fakes) => which.Item1.Name switch
    {
        nameof(IHallGrain) => new FakeHall(fakes),
        nameof(ISessionGrain) => new FakeSession(),
        nameof(IAudienceGrain) => new FakeAudience(),
        nameof(IStaffBookGrain) => new FakeStaffBook(),
        nameof(IAuditGrain) => new FakeAudit(),
        nameof(IViewerGrain) => new FakeViewer(),
        nameof(IFilmGrain) => new FakeFilm(),
        nameof(IInferencePoolGrain) => new FakePool(),
        nameof(IInferenceWorkerGrain) => new FakeWorker(),
        var name => throw new NotSupportedException(name),
    }, this);
}

public sealed class FakeHall(FakeCluster fakes) : IHallGrain
{
    public ConcurrentDictionary<string, SessionId> Codes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SessionTerms? Scheduled { get; private set; }

    public Task<Scheduling> Schedule(SessionTerms terms)
    {
        Scheduled = terms;
        var id = SessionId.New(DateTimeOffset.UnixEpoch);
        Codes["NEWONE"] = id;
        fakes.Session(id).Stage = Stages.Lobby(id);
        return Task.FromResult(new Scheduling(new HallSession(id, "NEWONE", 7), null));
    }

    public Task<SessionId?> Find(string joinCode) =>
        Task.FromResult(Codes.TryGetValue(joinCode, out var id) ? id : (SessionId?)null);

    public Task<ImmutableArray<HallSession>> Sessions() =>
        Task.FromResult<ImmutableArray<HallSession>>([.. Codes.Select(code => new HallSession(code.Value, code.Key, 7))]);

    public Task Withdraw(SessionId session)
    {
        foreach (var code in Codes.Where(code => code.Value == session)) Codes.TryRemove(code);
        return Task.CompletedTask;
    }
}

public sealed class FakeSession : ISessionGrain
{
    private readonly ConcurrentDictionary<ViewerId, int> _seats = new();

    public Stage? Stage { get; set; }

    public Tally? Tally { get; set; }

    public int Shards { get; set; } = 1;

    public Refusal? Refuses { get; set; }

    public IGatewayObserver? Observer { get; private set; }

    public int Present { get; private set; }

    public int Watches { get; private set; }

    public ConcurrentQueue<OperatorCommand> Commands { get; } = new();

    public ConcurrentQueue<(int Beat, int Line)> Lines { get; } = new();

    public Task<Outcome> Create(SessionTerms terms) => Task.FromResult(Outcome.Done);

    public BeatOrder? Trial { get; set; }

    public Task<BeatOrder?> TrialOrder() => Task.FromResult(Trial);

    /// <summary>How often it was discarded.</summary>
    public int Discards { get; private set; }

    public Task<Outcome> Discard()
    {
        Discards++;
        Stage = null;
        return Task.FromResult(Outcome.Done);
    }

    public Task<Outcome> Operate(OperatorCommand command)
    {
        Commands.Enqueue(command);
        return Task.FromResult(new Outcome(Refuses));
    }

    public ConcurrentQueue<DirectorCommand> Directions { get; } = new();

    public Script? Script { get; set; }

    public Task<Outcome> Direct(DirectorCommand command)
    {
        Directions.Enqueue(command);
        return Task.FromResult(new Outcome(Refuses));
    }

    Task<Script?> ISessionGrain.Script() => Task.FromResult(Script);

    public bool Fails { get; set; }

    public Task<SeatList> Seats() => Task.FromResult(new SeatList(300, [.. _seats.Values.Order()], Banned));

    public Task<ImmutableArray<ToldBeat>> Story()
    {
        Interlocked.Increment(ref _stories);
        return Task.FromResult(Told);
    }

    /// <summary>How often the story was asked for.</summary>
    public int Stories => Volatile.Read(ref _stories);

    private int _stories;

    public Task<ImmutableArray<RoundRecord>> Rounds() => Task.FromResult(Decided);

    public ImmutableArray<int> Banned { get; set; } = [];

    public ImmutableArray<Sitting> Sittings { get; set; } = [];

    public Task<Outcome> Forget(ViewerId viewer) => Task.FromResult(Outcome.Done);

    public ImmutableArray<ToldBeat> Told { get; set; } = [];

    public ImmutableArray<RoundRecord> Decided { get; set; } = [];

    public string? Secret { get; set; }

    /// <summary>The sitting that everyone who joins is told.</summary>
    public int Sitting { get; set; }

    /// <summary>The seat codes that were brought.</summary>
    public ConcurrentQueue<string?> SeatCodes { get; } = new();

    public Task<Seating> Join(ViewerId viewer, string? seatCode)
    {
        if (Fails) throw new TimeoutException("The journal is gone.");
        SeatCodes.Enqueue(seatCode);
        return Task.FromResult(Refuses is null ? new Seating(_seats.GetOrAdd(viewer, _ => _seats.Count + 1), null, Sitting) : new Seating(0, Refuses));
    }

    public Task<Watching?> Watch(Guid gateway, IGatewayObserver observer, int present, int walls)
    {
        (Observer, Present) = (observer, present);
        Watches++;
        return Now();
    }

    public Recording? Tape { get; set; }

    public Task<Recording?> Recording() => Task.FromResult(Tape);

    /// <summary>How it does, as a test wants it; what follows from the stage otherwise.</summary>
    public SessionGlance? Seen { get; set; }

    /// <summary>What a glance waits for, so that a test can keep a session silent.</summary>
    public Task Mute { get; set; } = Task.CompletedTask;

    /// <summary>Called for each glance.</summary>
    public Action? Glanced { get; set; }

    public async Task<SessionGlance?> Glance()
    {
        Glanced?.Invoke();
        await Mute;
        return Seen ?? (Stage is null ? null : Stages.Glance(Stage));
    }

    public Insights? Inside { get; set; }

    public Task<Insights?> Insights() => Task.FromResult(Inside);

    /// <summary>What it is as data, by form.</summary>
    public Dictionary<StoryForm, StoryData> AsData { get; } = [];

    public Task<StoryData?> Data(StoryForm form) => Task.FromResult(AsData.GetValueOrDefault(form));

    /// <summary>The versions it was told to go on with.</summary>
    public ConcurrentQueue<FilmRef> Reloads { get; } = new();

    public Task<Outcome> Reload(FilmRef film)
    {
        Reloads.Enqueue(film);
        return Fails ? throw new TimeoutException("The session is busy.") : Task.FromResult(new Outcome(Refuses));
    }

    /// <summary>How often it was looked at without a watch.</summary>
    public int Looks => Volatile.Read(ref _looks);

    private int _looks;

    public Task<Watching?> Look()
    {
        Interlocked.Increment(ref _looks);
        return Now();
    }

    private Task<Watching?> Now() => Task.FromResult(Stage is null ? null : new Watching(Stage, Tally, Shards, new SessionHealth(0, 2, 0, 0), Sittings, Secret) { Muted = Muted });

    public Task Report(ShardReport report) => Task.CompletedTask;

    public Task Shown(int beat, int line)
    {
        Lines.Enqueue((beat, line));
        return Task.CompletedTask;
    }

    public Task Prepared(Beat beat) => Task.CompletedTask;

    public Task<AsideAsked> Aside(AsideRequest request) => Task.FromResult(new AsideAsked(null, Refuses));

    public Task<ImmutableArray<Met>> Company() => Task.FromResult<ImmutableArray<Met>>([]);

    public Task Summarized(ActSummary summary) => Task.CompletedTask;

    /// <summary>The remarks that reached it.</summary>
    public ConcurrentQueue<(int Seat, string Words)> Heard { get; } = new();

    public ImmutableArray<int> Muted { get; set; } = [];

    public Task<RemarkTaken> Remark(int seat, int sitting, string words)
    {
        Heard.Enqueue((seat, words));
        return Task.FromResult(Refuses is null ? new RemarkTaken(RemarkId, 20_000, null) : new RemarkTaken(null, 0, Refuses));
    }

    public Guid RemarkId { get; } = Guid.NewGuid();

    /// <summary>The suggested turns that reached it.</summary>
    public ConcurrentQueue<(int Seat, string Words)> Suggestions { get; } = new();

    public Task<SuggestionTaken> Suggest(int seat, int sitting, string words)
    {
        Suggestions.Enqueue((seat, words));
        return Task.FromResult(Refuses is null ? new SuggestionTaken(RemarkId, 15_000, null) : new SuggestionTaken(null, 0, Refuses));
    }

    public OwnSuggestion? Own { get; set; }

    public Task<OwnSuggestion?> Suggested(int seat, int sitting) => Task.FromResult(Own);

    public TurnQueue Turns { get; set; } = new(0, false, 0, []);

    Task<TurnQueue> ISessionGrain.Suggestions() => Task.FromResult(Turns);

    public ConcurrentQueue<JudgeSuggestion> TurnsJudged { get; } = new();

    public Task<Outcome> JudgeSuggestion(JudgeSuggestion judgement)
    {
        TurnsJudged.Enqueue(judgement);
        return Task.FromResult(new Outcome(Refuses));
    }

    public RemarkQueue Queue { get; set; } = new(0, 0, []);

    public Task<RemarkQueue> Remarks() => Task.FromResult(Queue);

    public ConcurrentQueue<JudgeRemark> Judged { get; } = new();

    public Task<Outcome> Judge(JudgeRemark judgement)
    {
        Judged.Enqueue(judgement);
        return Task.FromResult(new Outcome(Refuses));
    }
}

/// <summary>A shard that counts everything, or does whatever a test tells it.</summary>
public sealed class FakeAudience : IAudienceGrain
{
    public ConcurrentQueue<BallotBatch> Batches { get; } = new();

    public ConcurrentQueue<FeelingTap> Taps { get; } = new();

    public Func<BallotBatch, Task<ImmutableArray<Receipt>>>? Answers { get; set; }

    public static ImmutableArray<Receipt> Counted(BallotBatch batch) =>
        [.. batch.Ballots.Select(ballot => new Receipt(ReceiptStatus.Counted, batch.Terms.Round, ballot.Seat, ballot.N, ballot.Choice, 0, 1))];

    public Task<ImmutableArray<Receipt>> Cast(BallotBatch batch)
    {
        Batches.Enqueue(batch);
        return Answers is null ? Task.FromResult(Counted(batch)) : Answers(batch);
    }

    public Task Reseat(ImmutableArray<Sitting> sittings) => Task.CompletedTask;

    public Task<Receipt> Standing(int round, int seat)
    {
        var last = Batches.Where(batch => batch.Terms.Round == round).SelectMany(batch => batch.Ballots).LastOrDefault(ballot => ballot.Seat == seat);
        return Task.FromResult(new Receipt(ReceiptStatus.Counted, round, seat, last?.N ?? 0, last?.Choice ?? "", 0, last is null ? 0 : 1));
    }

    public Task<BallotBook> Seal(RoundOrder order) => Task.FromResult(new BallotBook(order.Round, 0, []));

    public Task<bool> IsSealed(int round) => Task.FromResult(false);

    public Task Discard() => Task.CompletedTask;

    public Task Recount(RoundOrder order) => Task.CompletedTask;

    public Task<ImmutableArray<CountedBallot>> Counted(RoundOrder order) => Task.FromResult<ImmutableArray<CountedBallot>>(
    [
        .. Batches.Where(batch => batch.Terms.Round == order.Round).SelectMany(batch => batch.Ballots).GroupBy(ballot => ballot.Seat)
            .Select(seat => seat.Last()).OrderBy(ballot => ballot.Seat).Select(ballot => new CountedBallot(ballot.Seat, ballot.N, ballot.Choice, 1, 1)),
    ]);

    public Task Feel(ImmutableArray<FeelingTap> taps)
    {
        foreach (var tap in taps) Taps.Enqueue(tap);
        return Task.CompletedTask;
    }
}

/// <summary>The book's rules without what stands before and behind them.</summary>
public sealed class FakeStaffBook : IStaffBookGrain
{
    private long _now;

    public StaffBook Book { get; set; } = StaffBook.Empty;

    public Task<StaffAccount?> Account(string name) => Task.FromResult(Book.Find(name));

    /// <summary>Gives the operator these roles and no others, whether or not an admin is left.</summary>
    public void Give(params string[] roles)
    {
        var account = Book.Find("operator")!;
        Book = new StaffBook([new StaffMember("operator", account with { Roles = [.. roles], SinceMs = account.SinceMs + 1 })]);
    }

    public Task<bool> MakeFirst(string name, string passwordHash, bool reset, bool mustChange)
    {
        if (!Book.Members.IsEmpty && !reset) return Task.FromResult(Book.Find(name)?.PasswordHash == passwordHash);
        return Task.FromResult(Take(StaffRules.MakeFirst(Book, name, passwordHash, mustChange, ++_now)).IsDone);
    }

    public Task<Outcome> ChangeOwn(string name, string passwordHash) => Task.FromResult(Take(StaffRules.ChangeOwn(Book, name, passwordHash, ++_now)));

    public Task Rehash(string name, string oldHash, string newHash)
    {
        Book = StaffRules.Rehash(Book, name, oldHash, newHash);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<StaffCard>> List() => Task.FromResult<ImmutableArray<StaffCard>>(
        [.. Book.Members.Select(member => new StaffCard(member.Name, member.Account.Roles, member.Account.SinceMs, member.Account.MustChange))]);

    public Task<Outcome> Make(string name, string passwordHash, ImmutableArray<string> roles, string reason) =>
        Task.FromResult(Take(StaffRules.Make(Book, name, passwordHash, roles, ++_now)));

    public Task<Outcome> Reset(string name, string passwordHash, string reason) => Task.FromResult(Take(StaffRules.Reset(Book, name, passwordHash, ++_now)));

    public Task<Outcome> SetRoles(string name, ImmutableArray<string> roles, string reason) => Task.FromResult(Take(StaffRules.SetRoles(Book, name, roles, ++_now)));

    public Task<Outcome> Remove(string name, string reason) => Task.FromResult(Take(StaffRules.Remove(Book, name)));

    private Outcome Take(StaffDecision decision)
    {
        Book = decision.Book ?? Book;
        return new Outcome(decision.Refusal);
    }
}

/// <summary>A log that keeps everything.</summary>
public sealed class FakeAudit : IAuditGrain
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    public Task<Outcome> Note(AuditEntry entry)
    {
        Entries.Enqueue(entry);
        return Task.FromResult(Outcome.Done);
    }

    public Task<AuditPage> Read(AuditQuery query) => Task.FromResult(new AuditPage(
        [.. Entries.Select((entry, i) => new AuditRow(i + 1, entry)).Where(row => AuditReading.Fits(query, row.Entry)).Reverse().Take(query.Most)], 0));
}

public sealed class FakeViewer : IViewerGrain
{
    public Task<ViewerProfile> Profile() => Task.FromResult(ViewerProfile.Unknown);

    public Task<Outcome> Introduce(string language, string? name) => Task.FromResult(Outcome.Done);

    public Task Visit(Visit visit) => Task.CompletedTask;

    public Task<Outcome> Erase() => Task.FromResult(Outcome.Done);
}

public sealed class FakeFilm : IFilmGrain
{
    public Task Publish(FilmCard card) => Task.CompletedTask;

    public Task<FilmCard?> Card() => Task.FromResult<FilmCard?>(Stages.Film);

    public Task<ImmutableArray<string>> Versions() => Task.FromResult<ImmutableArray<string>>([Stages.Film.Film.Hash]);
}

public sealed class FakePool : IInferencePoolGrain
{
    public ImmutableArray<WorkerLease> Live { get; set; } = [new("one", "storylet", 16, 12)];

    public Task Lease(WorkerLease lease) => Task.CompletedTask;

    public Task<WorkerPlace> Place(PlaceRequest request) => Task.FromResult(new WorkerPlace("one", 0));

    public Task Release(Guid job) => Task.CompletedTask;

    public Task Spent(string worker, SessionId session, long tokens) => Task.CompletedTask;

    public Task Recorded(SessionId session, long tokens) => Task.CompletedTask;

    public Task<ImmutableArray<WorkerLease>> Workers() => Task.FromResult(Live);
}

public sealed class FakeWorker : IInferenceWorkerGrain
{
    public WriteTrial Answer { get; set; } = new("storylet", 3, null);

    public Task Start() => Task.CompletedTask;

    public Task<bool> Write(WriteJob job) => Task.FromResult(false);

    public Task Cancel(Guid job) => Task.CompletedTask;

    public Task<bool> Has(Guid job) => Task.FromResult(false);

    public Task<Aside?> Say(Guid job, SessionId session, AsideOrder order) => Task.FromResult<Aside?>(null);

    public Task<WriteTrial?> Try(Guid trial, BeatOrder order) => Task.FromResult<WriteTrial?>(Answer);
}

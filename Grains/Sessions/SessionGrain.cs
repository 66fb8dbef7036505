using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Grains.Films;
using Orleans.Story.Grains.Journal;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>
/// One screening. Commands and ticks alike: load, decide by the rules, persist, evolve, publish. How the show goes on is
/// in <c>SessionGrain.Show.cs</c>.
/// </summary>
public sealed partial class SessionGrain(
    IJournal journal,
    IJournalHealth journalHealth,
    ISeatTable seatTable,
    IRemarkTable remarkTable,
    ISuggestionTable suggestionTable,
    ISessionEraser eraser,
    FilmLibrary films,
    Blocklist blocklist,
    StaffDoor door,
    TimeProvider time,
    ILogger<SessionGrain> log) : Grain, ISessionGrain, IRemindable
{
    private readonly ShardReports reports = new();
    private SessionId id;
    private EventStream<SessionEvent> stream = null!;
    private SessionSeats seats = null!;
    private SessionRemarks remarks = null!;
    private SessionSuggestions suggestions = null!;
    private SessionWatchers watchers = null!;
    private SessionState state = SessionState.None;
    private Film? film;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        id = new SessionId(this.GetPrimaryKey());
        stream = new EventStream<SessionEvent>(journal, EventCodecs.Session, id.Stream);
        seats = new SessionSeats(seatTable, id.Value);
        remarks = new SessionRemarks(remarkTable, id.Value);
        suggestions = new SessionSuggestions(suggestionTable, id.Value);
        watchers = new SessionWatchers(time);
        seq = NowMs * SeqPerMs;
        await Load(cancellationToken);
        if (state.Terms is null) return;
        await seats.LoadAsync(cancellationToken);
        await remarks.LoadAsync(cancellationToken);
        await FollowRemarks();
        await suggestions.LoadAsync(cancellationToken);
        await FollowTurns();
        try
        {
            await Recover();
        }
        catch (Exception trouble) when (trouble is TimeoutException or OrleansException or JournalUnavailableException)
        {
            // The first step tries again, before anything else is decided.
            log.LogWarning(trouble, "Session {Session} could not recover yet", id);
        }

        TellShards();
        if (state.Spent > 0) _ = GrainFactory.Pool().Recorded(id, state.Spent);
        // A process may have died between the session's record of a sitting and the shard's.
        _ = Reseat(state.Sittings.Values);
        Wake();
    }

    /// <inheritdoc/>
    public async Task<Outcome> Create(SessionTerms terms)
    {
        if (await films.FindAsync(terms.Film) is not { } wanted) return new Outcome(Refusals.UnknownFilm);
        if (TermsCheck.Of(terms, wanted) is { } refusal) return new Outcome(refusal);
        var by = door.Caller?.Name ?? "";
        var isNew = state.Terms is null;
        var outcome = await Carry(now => SessionRules.Create(state, terms, now));
        if (isNew) OnRecord(AuditAct.SessionScheduled, by, terms.Film.Slug, "", outcome);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task<Outcome> Operate(OperatorCommand command)
    {
        command = Spoken(command);
        var outcome = await Carry(now => SessionRules.Operate(state, film, command, now));
        OnRecord(AuditAct.Commanded, command.By, command.Action.ToString(), command.Reason, outcome);
        if (!outcome.IsDone) return outcome;
        // Also after a repeat that changed nothing: it mends whatever the first could not carry out.
        var carriedOut = await Usher(command);
        await Drive();
        return carriedOut ? outcome : new Outcome(Refusals.GiveAgain);
    }

    /// <inheritdoc/>
    public async Task<Outcome> Direct(DirectorCommand command)
    {
        if (door.Caller is { IsHouse: false } caller) command = command with { By = caller.Name };
        var outcome = await Carry(now => DirectorRules.Decide(state, film, command, now, blocklist));
        OnRecord(AuditAct.Directed, command.By, command.Action.ToString(), command.Reason, outcome);
        if (outcome.IsDone) await Drive();
        return outcome;
    }

    /// <inheritdoc/>
    public Task<Script?> Script() => Task.FromResult(state.Terms is null || film is null ? null : ScriptView.Of(state, film, NowMs));

    /// <inheritdoc/>
    public Task<Watching?> Watch(Guid gateway, IGatewayObserver observer, int present, int walls)
    {
        if (state.Terms is null) return Task.FromResult<Watching?>(null);
        if (watchers.Renew(gateway, observer, present, walls)) Touch();
        WatchWalls();
        return Look();
    }

    /// <inheritdoc/>
    public async Task<Outcome> Reload(FilmRef film)
    {
        if (await films.FindAsync(film) is not { } wanted) return new Outcome(Refusals.UnknownFilm);
        var outcome = await Carry(now => SessionRules.Reload(state, wanted, now));
        if (outcome.IsDone) await Drive();
        return outcome;
    }

    /// <inheritdoc/>
    public Task<Watching?> Look()
    {
        if (state.Terms is not { } terms || film is null) return Task.FromResult<Watching?>(null);
        var now = NowMs;
        var stage = Present(now);
        return Task.FromResult<Watching?>(new Watching(stage, StageView.TallyOf(state, reports.Books, stage.Seq), terms.Shards, Health(), [.. state.Sittings.Values], terms.Secret) { Muted = [.. state.House.Muted] });
    }

    /// <inheritdoc/>
    public Task Report(ShardReport report)
    {
        if (reports.Take(state.House.FeelingsOff ? report with { Feelings = null } : report)) TouchTally();
        if (reports.HasFeelings) FeelingsWait();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Drive();

    /// <summary>Reads what the journal has beyond the state, and the film it names.</summary>
    private async Task Load(CancellationToken cancellationToken)
    {
        await stream.ReadAsync(state.Version, (happened, _) => state = SessionFold.Evolve(state, happened), cancellationToken);
        if (state.Film is { } told) film = await FindAsync(told, cancellationToken);
        if (state.Terms is not null && film is null) log.LogError("Session {Session} needs film {Film}, which the library does not have", id, state.Film);
    }

    /// <summary>The film as far as the session's rating allows it.</summary>
    private async ValueTask<Film?> FindAsync(FilmRef told, CancellationToken cancellationToken) =>
        await films.FindAsync(told, cancellationToken) is { } whole ? FilmCuts.Within(whole, state.Terms) : null;

    /// <summary>Decide, persist, evolve, publish; after a conflict decide again on what is true.</summary>
    private async Task<Outcome> Carry(Func<long, SessionDecision> decide)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var decision = decide(NowMs);
            if (decision.Refusal is not null) return new Outcome(decision.Refusal);
            if (await Record(decision.Events)) return Outcome.Done;
        }

        return new Outcome(Refusals.Busy);
    }

    /// <summary>True when the events are on disk, folded and shown; false when the state changed or the journal is busy.</summary>
    private async Task<bool> Record(ImmutableArray<SessionEvent> events)
    {
        if (events.IsEmpty) return true;
        events = DeadAir.OnRecord(events, state, lateMs);
        var result = await Append(events);
        if (result == AppendStatus.Conflict) await Load(CancellationToken.None);
        if (result != AppendStatus.Appended) return false;
        foreach (var happened in events)
        {
            if (happened is WallLate) lateMs = 0;
            if (happened is LineAired aired) NoteDue(aired);
            state = SessionFold.Evolve(state, happened);
        }

        if (state.Film is { } told && film?.Ref != told) film = await FindAsync(told, CancellationToken.None);
        await Follow(events);
        return true;
    }

    private async Task<AppendStatus> Append(ImmutableArray<SessionEvent> events)
    {
        try
        {
            return (await stream.AppendAsync(state.Version, events)).Status;
        }
        catch (JournalUnavailableException trouble) when (trouble.Failure != JournalFailure.Unknown)
        {
            // Nothing was written, and the journal's own health tells everyone why: once, not at each try.
            log.LogDebug(trouble, "The journal took nothing from session {Session}", id);
            return AppendStatus.Busy;
        }
        catch (JournalUnavailableException trouble)
        {
            // Whether it was written is not known here: read what is true before deciding anything else.
            log.LogWarning("What session {Session} wrote may be on disk or not; it reads again: {Problem}", id, trouble.Message);
            this.DeactivateOnIdle();
            return AppendStatus.Busy;
        }
    }
}

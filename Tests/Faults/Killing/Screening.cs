using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>What kind of session it is.</summary>
/// <param name="Capacity">Seats there are; above 2,000 there are several shards, so that a seal has a middle.</param>
/// <param name="Rule">The voting rule.</param>
/// <param name="WindowSeconds">How long a round is open.</param>
internal sealed record ScreeningKind(int Capacity, VotingRule Rule, int WindowSeconds);

/// <summary>A show and its seats, over as many processes as it takes; when it has ended the next one is scheduled.</summary>
internal sealed class Screening(HallPlace place, Booth booth, HttpClient http, ScreeningKind kind, int seats, Dice dice, Action<string> fail) : IAsyncDisposable
{
    private const int Minutes = 2;
    private const int CardSeconds = 2;

    private Viewer[] _viewers = [];
    private Stage? _stage;
    private bool _started;

    public HallPlace Place => place;

    /// <summary>The session on now, or <see langword="null"/>.</summary>
    public string? Session { get; private set; }

    /// <summary>Its code.</summary>
    public string? JoinCode { get; private set; }

    /// <summary>What its seats sent and were told.</summary>
    public Claims Claims { get; private set; } = new();

    /// <summary>Shows that are over, with their claims.</summary>
    public List<(string Session, Claims Claims)> Over { get; } = [];

    /// <summary>The newest stage anyone saw, whichever process it came from.</summary>
    public Stage? Stage => Volatile.Read(ref _stage);

    /// <summary>The round that was open when the process was killed, as the journal says; <see langword="null"/> if none was.</summary>
    public int? OpenAtTheKill { get; set; }

    /// <summary>When its round seals, UTC milliseconds; <see langword="null"/> if none is open.</summary>
    public long? SealsAtMs => Stage is { Phase: SessionPhase.Playing, Round: { State: RoundState.Open } round } ? round.DeadlineMs + 500 : null;

    /// <summary>Whether its open round is held.</summary>
    public bool IsHeld => Stage is { Phase: SessionPhase.Paused, Round.State: RoundState.Open };

    /// <summary>Runs the show on the process that is there now, until <paramref name="stop"/>.</summary>
    /// <param name="first">The first seat was told the present.</param>
    /// <param name="all">Every seat was.</param>
    /// <param name="stop">The process is gone.</param>
    public async Task Serve(Action first, Action all, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (Stage?.Phase == SessionPhase.Ended) await Account();
                if (Session is null) await Schedule(stop);
                // Whether the last process carried it out is not known: a refusal says that it did.
                if (!_started) await booth.Operate(Session!, OperatorAction.Open, stop);
                var arrivals = _viewers.Select(viewer => viewer.Arrive(stop)).ToList();
                if (await await Task.WhenAny(arrivals)) first();
                if (!(await Task.WhenAll(arrivals)).All(arrived => arrived)) return;
                all();
                if (!_started)
                {
                    await booth.Operate(Session!, OperatorAction.Start, stop);
                    _started = true;
                }

                await Task.WhenAll(_viewers.Select(viewer => viewer.Vote(stop)));
            }
            catch (Exception e) when (Viewer.IsOutage(e))
            {
                if (!stop.IsCancellationRequested) await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    /// <summary>Hangs up every phone whose process is gone.</summary>
    public void See(Stage stage)
    {
        if (Stage is { } before && before.Session == stage.Session && before.Seq >= stage.Seq) return;
        Volatile.Write(ref _stage, stage);
    }

    /// <summary>Something does not hold.</summary>
    public void Fail(string what) => fail($"session {Session}: {what}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in _viewers) await viewer.DisposeAsync();
    }

    private async Task Schedule(CancellationToken stop)
    {
        var session = await booth.Schedule(
            new ScreeningRequest("lighthouse", Minutes, "en", ["en"], kind.Capacity, kind.Rule.ToString(), kind.WindowSeconds, CardSeconds), stop);
        Claims = new Claims();
        _viewers = [.. Enumerable.Range(0, seats).Select(seat => new Viewer(this, http, dice.For((Over.Count * 1_000) + seat)))];
        (JoinCode, _started, OpenAtTheKill) = (session.JoinCode, false, null);
        Session = session.Session.ToString();
    }

    /// <summary>The lights are up: the credits must say what the crowd itself counted.</summary>
    private async Task Account()
    {
        // Where a line was cut and no process died, nobody has asked yet what became of what was under way.
        Claims.TakeLost();
        foreach (var choice in Stage!.Choices)
        {
            var verdict = Claims.Ledger.Compare(choice);
            // Seats that never learned what became of their last ballot may stand on either side of it.
            var explained = verdict.Own.Zip(verdict.Decided, (own, decided) => Math.Abs(own - decided) <= verdict.Unknown).All(fits => fits)
                && Math.Abs(verdict.OwnVoters - verdict.DecidedVoters) <= verdict.Unknown;
            if (!verdict.IsExact && !explained)
            {
                Fail($"round {choice.Round} was decided on [{string.Join(' ', verdict.Decided)}] of {verdict.DecidedVoters} seats, "
                    + $"and the crowd counted [{string.Join(' ', verdict.Own)}] of {verdict.OwnVoters}, {verdict.Unknown} of them unknown");
            }
        }

        Over.Add((Session!, Claims));
        await DisposeAsync();
        (Session, JoinCode, _viewers) = (null, null, []);
        Volatile.Write(ref _stage, null);
    }
}

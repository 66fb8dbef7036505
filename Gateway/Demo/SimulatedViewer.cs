using System.Collections.Immutable;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Gateway.Demo;

/// <summary>What viewers of a crowd have in common.</summary>
/// <param name="Server">The gateway.</param>
/// <param name="Http">Shared by all.</param>
/// <param name="JoinCode">What they type.</param>
/// <param name="Language">Their interface.</param>
/// <param name="Ledger">Where receipts go.</param>
/// <param name="DropsOut">Whether phones drop out and come back.</param>
internal sealed record CrowdTerms(Uri Server, HttpClient Http, string JoinCode, string Language, Ledger Ledger, bool DropsOut)
{
    /// <summary>What each of them types, where seats have codes of their own; empty where all type <see cref="JoinCode"/>.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>The terms of one of them.</summary>
    public CrowdTerms Of(int viewer) => viewer < Codes.Length ? this with { JoinCode = Codes[viewer] } : this;
}

/// <summary>
/// One viewer of a simulated hall, from the door to the credits: takes a seat, votes with a mind of their own, feels,
/// loses the network and comes back to the same seat, and sends again what was never acknowledged.
/// </summary>
internal sealed class SimulatedViewer(CrowdTerms terms, Opinions opinions, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);
    private readonly Phone _phone = new(terms.Server, terms.Http);
    private readonly List<Task> _voting = [];
    private TaskCompletionSource _lost = new();
    private Stage? _stage;
    private Tally? _tally;
    private int _highest;
    private int _votedIn = int.MinValue;
    private int _beat = -1;
    private int _line = -1;

    /// <summary>The last stage this viewer saw.</summary>
    public Stage? Stage => Volatile.Read(ref _stage);

    /// <summary>Whether the phone is connected.</summary>
    public bool IsHere { get; private set; }

    /// <summary>Lives through the show; returns when it has ended and no vote is open, or when <paramref name="stop"/> says so.</summary>
    public async Task Run(CancellationToken stop)
    {
        _phone.StageCame = stage => See(stage, stop);
        _phone.TallyCame = tally => Volatile.Write(ref _tally, tally);
        _phone.Lost = () => _lost.TrySetResult();
        while (!stop.IsCancellationRequested && Stage?.Phase != SessionPhase.Ended)
        {
            try
            {
                if (!await Arrive(stop)) await Task.Delay(Again, time, stop);
                else await Stay(stop);
            }
            catch (Exception e) when (Transient(e))
            {
                IsHere = false;
                if (!stop.IsCancellationRequested) await Task.Delay(Again, time, CancellationToken.None);
            }
        }

        await Task.WhenAll(Voting());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _phone.DisposeAsync();

    private async Task<bool> Arrive(CancellationToken stop)
    {
        if (await _phone.Join(terms.JoinCode, terms.Language, stop) is not null) return false;
        _lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var now = await _phone.Connect(stop);
        if (now.Receipt is { } receipt)
        {
            terms.Ledger.Record(receipt);
            _highest = Math.Max(_highest, receipt.N);
        }

        IsHere = true;
        See(now.Stage, stop);
        return true;
    }

    /// <summary>Stays connected until the network fails, the phone drops out, or the show ends.</summary>
    private async Task Stay(CancellationToken stop)
    {
        while (Stage?.Phase != SessionPhase.Ended)
        {
            var beat = Stage?.Beat?.Ordinal ?? -1;
            await Task.WhenAny(_lost.Task, Task.Delay(TimeSpan.FromSeconds(1), time, stop));
            stop.ThrowIfCancellationRequested();
            if (_lost.Task.IsCompleted) break;
            if (!terms.DropsOut || Stage?.Beat is not { } now || now.Ordinal == beat || opinions.DropOut(now.Ordinal) is not { } away) continue;
            IsHere = false;
            await _phone.Disconnect();
            await Task.Delay(away, time, stop);
            return;
        }

        IsHere = false;
    }

    private void See(Stage stage, CancellationToken stop)
    {
        if (Stage is { } before && stage.Seq < before.Seq) return;
        Volatile.Write(ref _stage, stage);
        if (stage.Round is { State: RoundState.Open } round && stage.Phase is SessionPhase.Lobby or SessionPhase.Playing && Interlocked.Exchange(ref _votedIn, round.Round) != round.Round)
        {
            if (opinions.Votes(round.Round))
            {
                lock (_voting) _voting.Add(Vote(round, stop));
            }
        }

        if (stage.Beat is { } beat && (beat.Ordinal, beat.Lines.Length) is var at && at != (_beat, _line) && stage.Phase == SessionPhase.Playing)
        {
            (_beat, _line) = at;
            if (opinions.Feel(beat.Ordinal, beat.Lines.Length, beat.Tension) is { } felt) _ = Feel(felt.Feeling, felt.Intensity, stop);
        }
    }

    private async Task Vote(StageRound round, CancellationToken stop)
    {
        try
        {
            await Task.Delay(opinions.Reaction(round.Round), time, stop);
            var choice = opinions.Choose(round, Volatile.Read(ref _tally), 0);
            await Cast(round, choice, stop);
            if (opinions.SecondThought(round.Round) is not { } thinking) return;
            await Task.Delay(thinking, time, stop);
            var second = opinions.Choose(round, Volatile.Read(ref _tally), 1);
            if (second != choice) await Cast(round, second, stop);
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }

    /// <summary>Sends a ballot until its fate is known: a lost answer or "busy" is the same number again.</summary>
    private async Task Cast(StageRound round, int choice, CancellationToken stop)
    {
        var n = ++_highest;
        var doubtful = false;
        while (IsOpen(round.Round))
        {
            try
            {
                var answer = await _phone.Cast(new CastBallot(round.Round, [choice], n), stop);
                if (answer.Receipt is { } receipt)
                {
                    terms.Ledger.Record(receipt);
                    _highest = Math.Max(_highest, receipt.N);
                    if (receipt.Status is ReceiptStatus.Counted or ReceiptStatus.Closed) return;
                    if (receipt.Status == ReceiptStatus.Stale) n = ++_highest;
                }
                else if (answer.Refusal!.Code is not ("held" or "slow-down" or "busy"))
                {
                    break;
                }
            }
            catch (Exception e) when (Transient(e))
            {
                doubtful = true;
            }

            await Task.Delay(Again, time, stop);
        }

        if (doubtful) terms.Ledger.Unknown(round.Round, _phone.Seat);
    }

    private async Task Feel(Feeling feeling, int intensity, CancellationToken stop)
    {
        try
        {
            await _phone.Feel(new SendFeeling(feeling.ToString(), intensity), stop);
        }
        catch (Exception e) when (Transient(e))
        {
            // A feeling that got lost is not told twice.
        }
    }

    /// <summary>Whether the round may still take ballots as far as this viewer knows.</summary>
    private bool IsOpen(int round) =>
        Stage is { Phase: SessionPhase.Lobby or SessionPhase.Playing or SessionPhase.Paused } stage && stage.Round is { State: RoundState.Open } open && open.Round == round
        && (stage.Phase == SessionPhase.Paused || time.GetUtcNow().ToUnixTimeMilliseconds() < open.DeadlineMs + 2_000);

    private Task[] Voting()
    {
        lock (_voting) return [.. _voting];
    }

    private static bool Transient(Exception e) =>
        e is HttpRequestException or WebSocketException or HubException or IOException or InvalidOperationException
            or OperationCanceledException or TimeoutException;
}

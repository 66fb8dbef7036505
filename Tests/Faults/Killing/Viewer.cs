using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>
/// One phone that votes far more often than a person: it changes its mind, sends twice, sends two at once, sends an old
/// number, hangs up and comes back. It outlives every process it talks to.
/// </summary>
internal sealed class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(15);

    /// <summary>Longer than it takes from a kill until everybody is told of it.</summary>
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(3);

    private readonly Screening _screening;
    private readonly Phone _phone;
    private readonly Dice _dice;
    private TaskCompletionSource _lost = new();
    private int _round = -1;
    private int _highest;
    private SentBallot? _last;

    public Viewer(Screening screening, HttpClient http, Dice dice)
    {
        (_screening, _dice) = (screening, dice);
        _phone = new Phone(screening.Place.Address, http)
        {
            StageCame = screening.See,
            Lost = () => Volatile.Read(ref _lost).TrySetResult(),
        };
    }

    /// <summary>Comes in, or back, and holds the server to what it acknowledged before; true when it sits and was told the present.</summary>
    public async Task<bool> Arrive(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var seat = _phone.Seat;
                // A browser keeps its ticket; now and then one scans the code again and must get the same seat.
                if (seat == 0 || _dice.Below(20) == 0)
                {
                    if (await _phone.Join(_screening.JoinCode!, "en", stop) is not null)
                    {
                        await Task.Delay(Again, stop);
                        continue;
                    }

                    if (seat != 0 && _phone.Seat != seat) _screening.Fail($"seat {seat} came back and was given seat {_phone.Seat}");
                }

                Volatile.Write(ref _lost, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                var now = await _phone.Connect(stop);
                Check(now);
                _screening.See(now.Stage);
                return true;
            }
            catch (Exception e)
            {
                if (!IsOutage(e) && !await IsDead(e, stop)) return false;
                if (!stop.IsCancellationRequested) await Task.Delay(Again, CancellationToken.None);
            }
        }

        return false;
    }

    /// <summary>Votes until the show has ended or the process is gone.</summary>
    public async Task Vote(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _screening.Stage?.Phase != SessionPhase.Ended)
        {
            try
            {
                if (_lost.Task.IsCompleted && !await Arrive(stop)) return;
                await Task.WhenAny(_lost.Task, Task.Delay(TimeSpan.FromMilliseconds(_dice.Between(40, 450)), stop));
                if (_screening.Stage is { Phase: SessionPhase.Playing, Round: { State: RoundState.Open } round }) await Act(round, stop);
            }
            catch (Exception e)
            {
                // The process is gone, or this phone hung up; the loop sees which.
                if (!IsOutage(e) && !await IsDead(e, stop)) return;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _phone.DisposeAsync();

    /// <summary>Whether this is what a network and a dying server do to a client.</summary>
    public static bool IsOutage(Exception e) =>
        e is HttpRequestException or WebSocketException or HubException or IOException or InvalidOperationException or OperationCanceledException or TimeoutException;

    /// <summary>
    /// A client library's own words for a server that vanished under it are not ours to list: what a dying process makes it
    /// throw is an outage, and what a living one does is a failure.
    /// </summary>
    private async Task<bool> IsDead(Exception thrown, CancellationToken gone)
    {
        await Task.WhenAny(Task.Delay(Dying, gone));
        if (gone.IsCancellationRequested) return true;
        _screening.Fail($"seat {_phone.Seat} was thrown {thrown}");
        return false;
    }

    private async Task Act(StageRound round, CancellationToken stop)
    {
        if (round.Round != _round) (_round, _highest, _last) = (round.Round, 0, null);
        var deed = _dice.Below(100);
        if (deed < 8)
        {
            await _phone.Disconnect();
            Volatile.Read(ref _lost).TrySetResult();
        }
        else if (deed < 18 && _last is { } last)
        {
            await Cast(round, last, stop);
        }
        else if (deed < 24 && _highest > 1)
        {
            await Cast(round, Ballot(round, 1 + _dice.Below(_highest - 1)), stop);
        }
        else if (deed < 45)
        {
            // Two before the first is answered: the gateway makes one of them, or the shard sees both.
            var (first, second) = (Ballot(round, _highest + 1), Ballot(round, _highest + 2));
            _highest += 2;
            _last = second;
            await Task.WhenAll(Cast(round, first, stop), Cast(round, second, stop));
        }
        else
        {
            var ballot = Ballot(round, ++_highest);
            _last = ballot;
            await Cast(round, ballot, stop);
        }
    }

    private SentBallot Ballot(StageRound round, int n)
    {
        List<int> options = [_dice.Below(round.Options.Length)];
        if (round.Rule == VotingRule.Approval && _dice.Below(2) == 0)
        {
            var other = _dice.Below(round.Options.Length);
            if (other != options[0]) options.Add(other);
        }

        return new SentBallot(round.Round, _phone.Seat, n, Ballots.Canonical(round.Rule, round.Options.Length, options)!);
    }

    private async Task Cast(StageRound round, SentBallot ballot, CancellationToken stop)
    {
        _screening.Claims.Sends(ballot);
        var answer = await _phone.Cast(new CastBallot(round.Round, Ballots.Options(ballot.Choice), ballot.N), stop);
        _screening.Claims.Answered(ballot);
        if (answer.Receipt is not { } receipt) return;
        if (_screening.Claims.Told(receipt, isNewest: false) is { } wrong) _screening.Fail($"a receipt: {wrong}");
        if (receipt.Round == _round) _highest = Math.Max(_highest, receipt.N);
    }

    private void Check(PhoneNow now)
    {
        if (now.Stage.Session.ToString() != _screening.Session) _screening.Fail($"seat {now.Seat} was shown session {now.Stage.Session}");
        if (now.Seat != _phone.Seat) _screening.Fail($"the ticket of seat {_phone.Seat} opened seat {now.Seat}");
        if (_screening.OpenAtTheKill is { } open)
        {
            // What is shown may be further on, which the journal accounts for; it may not be behind, nor have lost the round.
            var shown = now.Stage.Phase == SessionPhase.Ended ? null : now.Stage.Round?.Round ?? now.Stage.Beat?.Ordinal;
            if (shown < open || (shown == open && now.Stage.Round is null))
                _screening.Fail($"round {open} was open at the kill, and seat {now.Seat} is shown {(now.Stage.Round is { } other ? $"round {other.Round}" : "no round")}");
        }

        if (now.Receipt is not { } receipt) return;
        if (_screening.Claims.Told(receipt, isNewest: true) is { } wrong) _screening.Fail($"back again: {wrong}");
        if (receipt.Round != _round) (_round, _last) = (receipt.Round, null);
        _highest = Math.Max(receipt.N, _last?.N ?? 0);
    }
}

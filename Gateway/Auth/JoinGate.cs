using System.Net;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Lets a whole hall in through one address and a guesser through none. A code that somebody from an address came in with
/// is no guess from there, and never limited again; for all others the address has wrong tries to spend, and once they are
/// spent a trickle of tries. Why, and what a guesser can reckon with: docs/design/07-one-address-for-a-hall.md.
/// </summary>
internal sealed class JoinGate(GatewayOptions options, TimeProvider time)
{
    private readonly FailureLimiter _failures = new(options.FailedJoins, time);
    private readonly FailureLimiter _suspects = new(options.SuspectJoins, time);
    private readonly TokenBucket _failuresOfAll = new(options.FailedJoinsOfAll, time);
    private readonly TokenBucket _suspectsOfAll = new(options.SuspectJoinsOfAll, time);
    private readonly KnownCodes _known = new(options.KnownCodes);

    /// <summary>Whether a code may be looked up at all; false is answered "slow down".</summary>
    public bool MayTry(IPAddress? address, string code) =>
        _known.Has(address, code) || IsCool(address) || (_suspects.MayTry(address) && _suspectsOfAll.HasToken);

    /// <summary>
    /// The code is right. False when it must be answered "slow down" even so: tries that raced past
    /// <see cref="MayTry"/> together must not learn more than tries one after the other.
    /// </summary>
    public bool Right(IPAddress? address, string code)
    {
        if (_known.Has(address, code)) return true;
        if (!IsCool(address) && !TakeSuspect(address)) return false;
        _known.Add(address, code);
        return true;
    }

    /// <summary>The code is wrong; answers how to say so.</summary>
    public Refusal Wrong(IPAddress? address)
    {
        if (IsCool(address) && _failures.Failed(address))
        {
            _failuresOfAll.Take();
            return Refusals.UnknownCode;
        }

        TakeSuspect(address);
        return Refusals.SlowDown;
    }

    /// <summary>Pays for a try at a seat's code before it is made; <see cref="JoinFare.None"/> when there is nothing left to pay with.</summary>
    public JoinFare Pay(IPAddress? address, string code)
    {
        if (_known.Has(address, code)) return JoinFare.Free;
        if (IsCool(address) && _failures.Failed(address))
        {
            _failuresOfAll.Take();
            return JoinFare.Failure;
        }

        return TakeSuspect(address) ? JoinFare.Suspect : JoinFare.None;
    }

    /// <summary>The seat's code was right.</summary>
    public void PayBack(IPAddress? address, string code, JoinFare fare)
    {
        _known.Add(address, code);
        if (fare != JoinFare.Failure) return;
        _failures.Forgive(address);
        _failuresOfAll.PutBack();
    }

    /// <summary>The seat's code was wrong; answers how to say so.</summary>
    public static Refusal Wrong(JoinFare fare, Refusal refusal) => fare == JoinFare.Suspect ? Refusals.SlowDown : refusal;

    private bool IsCool(IPAddress? address) => _failures.MayTry(address) && _failuresOfAll.HasToken;

    private bool TakeSuspect(IPAddress? address) => _suspects.Failed(address) && _suspectsOfAll.Take();
}

/// <summary>What a try at a seat's code was paid with.</summary>
internal enum JoinFare
{
    /// <summary>It may not be made.</summary>
    None,

    /// <summary>The code is known at the address.</summary>
    Free,

    /// <summary>One of the address's failures.</summary>
    Failure,

    /// <summary>One of the trickle that an address under suspicion still has.</summary>
    Suspect,
}

/// <summary>Which codes somebody came in with from which address; the oldest is forgotten when it is full.</summary>
internal sealed class KnownCodes(int most)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(IPAddress Address, string Code)> _known = [];
    private readonly Queue<(IPAddress Address, string Code)> _order = [];

    /// <summary>Whether somebody came in with the code from the address.</summary>
    public bool Has(IPAddress? address, string code)
    {
        lock (_gate) return _known.Contains(Key(address, code));
    }

    /// <summary>Somebody came in.</summary>
    public void Add(IPAddress? address, string code)
    {
        lock (_gate)
        {
            if (!_known.Add(Key(address, code))) return;
            _order.Enqueue(Key(address, code));
            if (_order.Count > most) _known.Remove(_order.Dequeue());
        }
    }

    /// <summary>The whole code: who knows one seat's knows no other's.</summary>
    private static (IPAddress Address, string Code) Key(IPAddress? address, string code)
    {
        var (joinCode, seatCode) = SeatCodes.Split(code);
        return (FailureLimiter.Key(address), joinCode + seatCode);
    }
}

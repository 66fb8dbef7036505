namespace Orleans.Story.Gateway.Auth;

/// <summary>How often something may happen: <paramref name="Burst"/> at once, then <paramref name="PerSecond"/>.</summary>
/// <param name="PerSecond">Tokens that come back each second; above 0.</param>
/// <param name="Burst">Tokens there are at most; at least 1.</param>
internal readonly record struct Rate(double PerSecond, double Burst);

/// <summary>A token bucket; safe from several threads.</summary>
internal sealed class TokenBucket(Rate rate, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = rate.Burst;
    private long _at = time.GetTimestamp();

    /// <summary>Takes a token; false when there is none.</summary>
    public bool Take()
    {
        lock (_gate)
        {
            Refill();
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    /// <summary>Gives back a token that was taken for nothing.</summary>
    public void PutBack()
    {
        lock (_gate) _tokens = Math.Min(rate.Burst, _tokens + 1);
    }

    /// <summary>Whether a token is there, without taking it.</summary>
    public bool HasToken
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _tokens >= 1;
            }
        }
    }

    /// <summary>How long until a token is there; zero if one is.</summary>
    public TimeSpan RetryIn
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return TimeSpan.FromSeconds(Math.Max(0, 1 - _tokens) / rate.PerSecond);
            }
        }
    }

    /// <summary>Whether nothing was taken lately, so that forgetting the bucket changes nothing.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _tokens >= rate.Burst;
            }
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(rate.Burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * rate.PerSecond));
        _at = now;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Slows down guessing from one address. Only failures count, because a whole hall may share one address: a thousand
/// viewers who type the right code never meet it.
/// </summary>
internal sealed class FailureLimiter(Rate rate, TimeProvider time)
{
    /// <summary>
    /// Addresses remembered at most. When full, those with nothing against them are forgotten first; if that frees
    /// nothing, new addresses are not limited one by one until some calm down: what all addresses share still holds them.
    /// </summary>
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<IPAddress, TokenBucket> _buckets = new();

    /// <summary>Whether the address may try.</summary>
    public bool MayTry(IPAddress? address) => !_buckets.TryGetValue(Key(address), out var bucket) || bucket.HasToken;

    /// <summary>How long until the address may try; zero if it may.</summary>
    public TimeSpan RetryIn(IPAddress? address) => _buckets.TryGetValue(Key(address), out var bucket) ? bucket.RetryIn : TimeSpan.Zero;

    /// <summary>Remembers that a try failed; false when the address had none left.</summary>
    public bool Failed(IPAddress? address)
    {
        if (_buckets.Count >= Remembered) Forget();
        return (_buckets.Count >= Remembered && !_buckets.ContainsKey(Key(address)))
            || _buckets.GetOrAdd(Key(address), _ => new TokenBucket(rate, time)).Take();
    }

    /// <summary>Takes back one <see cref="Failed"/>.</summary>
    public void Forgive(IPAddress? address)
    {
        if (_buckets.TryGetValue(Key(address), out var bucket)) bucket.PutBack();
    }

    private void Forget()
    {
        foreach (var (address, bucket) in _buckets)
        {
            if (bucket.IsFull) _buckets.TryRemove(address, out _);
        }
    }

    /// <summary>One household or phone has a whole /64 of IPv6 addresses; it counts as one.</summary>
    public static IPAddress Key(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}

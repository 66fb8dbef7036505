using System.Collections;

namespace Orleans.Utilities;

/// <summary>Observers by who subscribed, forgotten when not renewed in time. Belongs to one grain; not thread-safe.</summary>
/// <typeparam name="TIdentity">Who subscribed.</typeparam>
/// <typeparam name="TObserver">The observer interface.</typeparam>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver> where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, (TObserver Observer, DateTime LastSeen)> _observers = [];

    /// <summary>Observers last until <paramref name="expiration"/> after their latest subscription.</summary>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
    }

    /// <summary>The clock, UTC.</summary>
    public Func<DateTime> GetDateTime { get; set; } = () => DateTime.UtcNow;

    /// <summary>How long a subscription lasts.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>Subscriptions, expired ones included until they are noticed.</summary>
    public int Count => _observers.Count;

    /// <summary>A copy of the subscriptions.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(pair => pair.Key, pair => pair.Value.Observer);

    /// <summary>Adds a subscription, or renews it with this observer.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = (observer, GetDateTime());

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(TIdentity id) => _observers.Remove(id);

    /// <summary>Ends every subscription.</summary>
    public void Clear() => _observers.Clear();

    /// <summary>Ends the subscriptions that were not renewed in time.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, (_, seen)) in _observers.ToArray())
        {
            if (seen + ExpirationDuration < now)
            {
                _observers.Remove(id);
            }
        }
    }

    /// <summary>Tells every observer, one after another. An observer that throws is forgotten.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Alive(predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception)
            {
                _observers.Remove(id);
            }
        }
    }

    /// <inheritdoc cref="Notify(Func{TObserver, Task}, Func{TObserver, bool}?)"/>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Alive(predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception)
            {
                _observers.Remove(id);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(entry => entry.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<(TIdentity Id, TObserver Observer)> Alive(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _observers.Where(pair => predicate is null || predicate(pair.Value.Observer)).Select(pair => (pair.Key, pair.Value.Observer))];
    }
}

/// <summary>Observers that subscribe under their own reference.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

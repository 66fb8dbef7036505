using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace Orleans.Story.Tests.Conformance.Grains;

[Alias("test.IListener")]
public interface IListener : IGrainObserver
{
    [Alias("Hear")] Task Hear(string word);
    [Alias("Answer"), ResponseTimeout("00:00:02")] Task<string> Answer(string word);
    [Alias("Overhear"), OneWay] Task Overhear(string word);
}

[Alias("test.INewsGrain")]
public interface INewsGrain : IGrainWithStringKey
{
    [Alias("Subscribe")] Task Subscribe(Guid who, IListener listener);
    [Alias("SubscribeSelf")] Task SubscribeSelf(IListener listener);
    [Alias("Tell")] Task<int> Tell(string word);
    [Alias("Whisper")] Task Whisper(string word);
    [Alias("Ask")] Task<string> Ask(IListener listener, string word);
    [Alias("MakeReference")] Task<string> MakeReference();
    [Alias("Expire")] Task<int> Expire();
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly ObserverManager<Guid, IListener> _byId = new(TimeSpan.FromMinutes(1), NullLogger.Instance);
    private readonly ObserverManager<IListener> _bySelf = new(TimeSpan.FromMinutes(1), NullLogger.Instance);

    public Task Subscribe(Guid who, IListener listener)
    {
        _byId.Subscribe(who, listener);
        return Task.CompletedTask;
    }

    public Task SubscribeSelf(IListener listener)
    {
        _bySelf.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public async Task<int> Tell(string word)
    {
        await _byId.Notify(listener => listener.Hear(word));
        await _bySelf.Notify(listener => listener.Hear(word));
        return _byId.Count + _bySelf.Count;
    }

    public Task Whisper(string word) => _byId.Notify(listener => listener.Overhear(word));

    public Task<string> Ask(IListener listener, string word) => listener.Answer(word);

    public Task<string> MakeReference()
    {
        try
        {
            GrainFactory.CreateObjectReference<IListener>(new Deaf());
            return Task.FromResult("made");
        }
        catch (InvalidOperationException exception)
        {
            return Task.FromResult(exception.GetType().Name);
        }
    }

    public Task<int> Expire()
    {
        var later = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        _byId.GetDateTime = () => later;
        _byId.ClearExpired();
        return Task.FromResult(_byId.Count);
    }

    private sealed class Deaf : IListener
    {
        public Task Hear(string word) => Task.CompletedTask;

        public Task<string> Answer(string word) => Task.FromResult(word);

        public Task Overhear(string word) => Task.CompletedTask;
    }
}

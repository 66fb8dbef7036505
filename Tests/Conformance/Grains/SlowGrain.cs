namespace Orleans.Story.Tests.Conformance.Grains;

/// <summary>A grain that waits until it is told, and says how its token fared.</summary>
[Alias("test.ISlowGrain")]
public interface ISlowGrain : IGrainWithStringKey
{
    [Alias("Short"), ResponseTimeout("00:00:01")] Task Short(string gate, CancellationToken cancellation);

    [Alias("Usual")] Task Usual(string gate);

    [Alias("Cancellable")] Task Cancellable(string gate, CancellationToken cancellation);

    [Alias("Observant")] Task<bool> Observant(CancellationToken cancellation);

    [Alias("Flow")] Task<string?> Flow(string key);

    [Alias("FlowOn")] Task<string?> FlowOn(string other, string key);

    [Alias("SetThenAsk")] Task SetThenAsk(string key, string value);

    [Alias("Ambient")] Task<string?> Ambient();

    [Alias("Trace")] Task<string?> Trace();

    [Alias("TraceOn")] Task<string?> TraceOn(string other);
}

public sealed class SlowGrain(Support.Board board) : Grain, ISlowGrain
{
    public static readonly AsyncLocal<string?> Local = new();

    private string Key => this.GetPrimaryKeyString();

    public async Task Short(string gate, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => board.Say($"{Key}:told"));
        await board.Gate(gate);
        board.Say($"{Key}:{(cancellation.IsCancellationRequested ? "cancelled" : "done")}");
    }

    public Task Usual(string gate) => board.Gate(gate);

    public async Task Cancellable(string gate, CancellationToken cancellation)
    {
        board.Say($"{Key}:started");
        var turns = TaskScheduler.Current;
        await using var registration = cancellation.Register(() => board.Say($"{Key}:{(TaskScheduler.Current == turns ? "cancelled in turn" : "cancelled elsewhere")}"));
        await board.Gate(gate);
    }

    public Task<bool> Observant(CancellationToken cancellation) => Task.FromResult(cancellation.CanBeCanceled);

    public Task<string?> Trace() => Task.FromResult(System.Diagnostics.Activity.Current?.TraceId.ToHexString());

    public Task<string?> TraceOn(string other) => GrainFactory.GetGrain<ISlowGrain>(other).Trace();

    public Task<string?> Flow(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string?> FlowOn(string other, string key)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<ISlowGrain>(other).Flow(key);
    }

    public Task SetThenAsk(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string?> Ambient() => Task.FromResult(Local.Value);
}

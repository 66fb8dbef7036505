namespace Orleans.Story.Tests.Conformance.Grains;

/// <summary>A service of one activation.</summary>
public sealed class ScopedThing(Support.Board board) : IDisposable
{
    public Guid Id { get; } = Guid.NewGuid();

    public void Dispose() => board.Say($"disposed {Id}");
}

public interface ILives
{
    [Alias("Which")] Task<Guid> Which();
    [Alias("Leave")] Task Leave();
    [Alias("LeaveWhen")] Task LeaveWhen(string gate);
    [Alias("Thing")] Task<Guid> Thing();
    [Alias("Delay")] Task Delay(TimeSpan span);
    [Alias("Tick")] Task Tick(bool keepAlive);
    [Alias("Services")] Task<bool> Services();
}

[Alias("test.ILifeGrain")]
public interface ILifeGrain : IGrainWithGuidKey, ILives;

/// <summary>Idles out after two seconds.</summary>
[Alias("test.IShortLifeGrain")]
public interface IShortLifeGrain : IGrainWithGuidKey, ILives;

[Alias("test.ILongLifeGrain")]
public interface ILongLifeGrain : IGrainWithGuidKey, ILives;

public abstract class LivingGrain(Support.Board board, ScopedThing thing) : Grain
{
    private readonly Guid _which = Guid.NewGuid();

    private string Key => this.GetPrimaryKey().ToString("N");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        board.Say($"{Key}:activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        board.Say($"{Key}:{reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<Guid> Which()
    {
        board.Say($"{Key}:called");
        return Task.FromResult(_which);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveWhen(string gate)
    {
        DeactivateOnIdle();
        board.Say($"{Key}:leaving");
        await board.Gate(gate);
    }

    public Task<Guid> Thing() => Task.FromResult(thing.Id);

    public Task Delay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task Tick(bool keepAlive)
    {
        this.RegisterGrainTimer(() => Task.CompletedTask, new() { DueTime = TimeSpan.FromMilliseconds(200), Period = TimeSpan.FromMilliseconds(200), KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task<bool> Services() => Task.FromResult(ReferenceEquals(ServiceProvider, GrainContext.ActivationServices));
}

public sealed class LifeGrain(Support.Board board, ScopedThing thing) : LivingGrain(board, thing), ILifeGrain;

[CollectionAgeLimit("00:00:02")]
public sealed class ShortLifeGrain(Support.Board board, ScopedThing thing) : LivingGrain(board, thing), IShortLifeGrain;

[KeepAlive]
public sealed class LongLifeGrain(Support.Board board, ScopedThing thing) : LivingGrain(board, thing), ILongLifeGrain;

/// <summary>Leaves before it has taken a single call.</summary>
[Alias("test.IShyGrain")]
public interface IShyGrain : IGrainWithStringKey
{
    [Alias("Call")] Task Call();
}

[Placement.RandomPlacement]
public sealed class ShyGrain(Support.Board board) : Grain, IShyGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        board.Say(this.GetPrimaryKeyString() + ":shy");
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Call() => Task.CompletedTask;
}

/// <summary>Its limits are the longest and the nearest.</summary>
[CollectionAgeLimit(Minutes = 0.01), Placement.PreferLocalPlacement]
public sealed class PatientGrain : Grain, IPatientGrain
{
    public Task<string> Identity() => Task.FromResult($"{IdentityString} {GrainReference.GrainId} {GrainContext.GrainId}");
}

[Alias("test.IPatientGrain")]
public interface IPatientGrain : IGrainWithStringKey
{
    [Alias("Identity")] Task<string> Identity();
}

/// <summary>Fails to activate until the board has heard "key:well".</summary>
[Alias("test.IFragileGrain")]
public interface IFragileGrain : IGrainWithStringKey
{
    [Alias("Call")] Task<string> Call();
}

public sealed class FragileGrain(Support.Board board) : Grain, IFragileGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
        => board.Times(this.GetPrimaryKeyString() + ":well") > 0 ? Task.CompletedTask : throw new KnownException("not yet");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        board.Say(this.GetPrimaryKeyString() + ":deactivated");
        return Task.CompletedTask;
    }

    public Task<string> Call() => Task.FromResult("well");
}

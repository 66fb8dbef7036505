using System.Diagnostics.CodeAnalysis;
using Orleans.Story.Embedded;

namespace Orleans;

/// <summary>
/// The base of grain classes. One activation a grain, one thread at a time; a new call starts when the one before it has
/// ended, unless the class is <see cref="Concurrency.ReentrantAttribute"/> or the methods say otherwise.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Only the engine constructs grains that can run; elsewhere the context stays <see langword="null"/>.</summary>
    protected Grain() => GrainContext = Activation.Current;

    /// <inheritdoc/>
    [AllowNull]
    public IGrainContext GrainContext { get; private set; }

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary><c>type/key</c>.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>References to other grains.</summary>
    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>The activation's services.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when the calls that run now have ended.</summary>
    protected void DeactivateOnIdle() => ((IGrainBase)this).DeactivateOnIdle();

    /// <summary>
    /// Keeps the activation for at least this long although nothing calls it. A span of zero or less takes an earlier wish
    /// back; <see cref="Timeout.InfiniteTimeSpan"/> and <see cref="TimeSpan.MaxValue"/> mean for ever.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
}

namespace Orleans.Runtime
{
    /// <summary>Whatever can be called by reference: grains and observers.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain. Its methods return <see cref="Task"/>, <see cref="ValueTask"/> or a typed one of them.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a <see cref="Guid"/>.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is a string, which is not blank.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>An object of the host that grains call back. Its methods return <see cref="Task"/> or nothing.</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>Gives out references. A reference costs nothing: the grain is activated by the first call.</summary>
    public interface IGrainFactory
    {
        /// <summary>The grain with this key.</summary>
        /// <param name="primaryKey">The key.</param>
        /// <param name="grainClassNamePrefix">Chooses between several implementations on Orleans; must be <see langword="null"/> here.</param>
        /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
        TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey;

        /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string?)"/>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey;

        /// <summary>A new reference to a local object, which is held weakly: keep it yourself for as long as it should be called.</summary>
        /// <exception cref="InvalidOperationException">Called inside a grain.</exception>
        TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver;

        /// <summary>Ends a reference that <see cref="CreateObjectReference{T}"/> gave; later calls of it are dropped.</summary>
        /// <exception cref="ArgumentException">It is the object and not its reference.</exception>
        void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver;
    }

    /// <summary>The way in for code that is no grain.</summary>
    public interface IClusterClient : IGrainFactory
    {
        /// <summary>The client's services.</summary>
        IServiceProvider ServiceProvider { get; }
    }
}

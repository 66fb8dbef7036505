using System.Reflection;
using Orleans.Story.Embedded;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer. Two references are equal when they name the same one.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private EmbeddedClient? _client;
    private Type? _interface;

    /// <summary>Only for the proxies derived from it.</summary>
    public GrainReference()
    {
    }

    /// <summary>Which grain.</summary>
    public GrainId GrainId { get; private set; }

    /// <summary>Where calls go instead of to a grain, if this names an observer.</summary>
    internal ObserverTable? Observers { get; private set; }

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"GrainReference:{GrainId}:{_interface?.Name}";

    internal static GrainReference Create(EmbeddedClient client, GrainId id, Type @interface, ObserverTable? observers = null)
    {
        var reference = (GrainReference)Create(@interface, typeof(GrainReference));
        reference._client = client;
        reference._interface = @interface;
        reference.GrainId = id;
        reference.Observers = observers;
        return reference;
    }

    internal GrainReference As(Type @interface) => @interface.IsInstanceOfType(this) ? this : Create(_client!, GrainId, @interface, Observers);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _client!.Send(this, GrainMethod.Of(targetMethod!), args ?? []);
}

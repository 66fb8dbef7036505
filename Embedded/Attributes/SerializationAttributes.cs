namespace Orleans;

/// <summary>Marks a type that may travel in a message. Every stored member needs an <see cref="IdAttribute"/>, or a positional record parameter.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Counts the parameters of a class's primary constructor as members; records always do.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}

/// <summary>The number a member keeps on the wire for ever: never reused, never moved.</summary>
/// <param name="id">Unique among the members one type declares.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number given.</summary>
    public uint Id { get; } = id;
}

/// <summary>The name that a type or method keeps on the wire when the code is renamed.</summary>
/// <param name="alias">Unique in the application.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name given.</summary>
    public string Alias { get; } = alias;
}

/// <summary>A promise that a value never changes after it was sent, so it is passed by reference instead of copied.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>How long a caller of this one method waits, instead of the configured response timeout.</summary>
/// <param name="timeout">As <see cref="TimeSpan.Parse(string)"/> reads it, for instance <c>00:00:05</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The wait.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);
}

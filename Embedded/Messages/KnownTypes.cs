using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;

namespace Orleans.Story.Embedded;

/// <summary>
/// The types that travel without an attribute. Orleans knows more of them; what is missing here is refused here, so nothing
/// passes on this engine that fails on the other.
/// </summary>
internal static class KnownTypes
{
    private static readonly FrozenSet<Type> s_leaves = new[]
    {
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Uri), typeof(Version),
        typeof(CancellationToken), typeof(GrainId), typeof(GrainType), typeof(IdSpan),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> s_immutable = new[]
    {
        typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> s_mutable = new[]
    {
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>),
    }.ToFrozenSet();

    /// <summary>A value without parts.</summary>
    public static bool IsLeaf(Type type) => (type.IsPrimitive && type != typeof(nint) && type != typeof(nuint)) || type.IsEnum || s_leaves.Contains(type);

    /// <summary>A generic type of the framework whose parts never change.</summary>
    public static bool IsImmutableGeneric(Type type) => type.IsGenericType && s_immutable.Contains(type.GetGenericTypeDefinition());

    /// <summary>A collection of the framework that is copied.</summary>
    public static bool IsMutableGeneric(Type type) => type.IsGenericType && s_mutable.Contains(type.GetGenericTypeDefinition());
}

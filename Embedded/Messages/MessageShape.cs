using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Story.Embedded;

/// <summary>What a type is as part of a message: whether it may travel, and whether a value must be looked into before it does.</summary>
/// <param name="Refusal">Why the type or something it is made of cannot travel; <see langword="null"/> if it can.</param>
/// <param name="Plain">Passing a reference is always right: nothing in it can change, and no member hides its type.</param>
/// <param name="Fields">The stored members of a type of the application.</param>
internal sealed record MessageShape(string? Refusal, bool Plain, FieldInfo[] Fields)
{
    private static readonly ConcurrentDictionary<Type, MessageShape> s_cache = new();

    /// <summary>The shape of values whose type is exactly <paramref name="type"/>.</summary>
    public static MessageShape Of(Type type) => s_cache.GetOrAdd(type, static type =>
    {
        var walk = new Walk();
        walk.Visit(type, behindImmutable: false);
        return new MessageShape(walk.Refusal, walk.Refusal is null && walk.Plain, IsMessage(type) ? MessageFields.Of(type) : []);
    });

    /// <summary>Whether a variable of this type may hold a value of another.</summary>
    public static bool IsOpen(Type type) => type == typeof(object) || type.IsInterface || type.IsAbstract || (type.IsClass && !type.IsSealed && !type.IsArray && !KnownTypes.IsLeaf(type) && !KnownTypes.IsMutableGeneric(type) && !KnownTypes.IsImmutableGeneric(type));

    public static bool IsMessage(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    public static bool IsImmutable(Type type) => type.IsDefined(typeof(ImmutableAttribute), inherit: false);

    /// <summary>Exceptions of the framework and marked ones travel; others have no serializer.</summary>
    public static string? RefusalOfException(Type type)
        => IsMessage(type) || (type.Namespace is { } name && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal)))
            ? null
            : $"Exception {type} has no serializer: mark it [GenerateSerializer], or throw one of the framework's.";

    /// <summary>Goes once through every type that can be reached by declared types alone.</summary>
    private sealed class Walk
    {
        private readonly HashSet<(Type, bool)> _seen = [];

        public string? Refusal { get; private set; }

        public bool Plain { get; private set; } = true;

        public void Visit(Type type, bool behindImmutable)
        {
            if (Refusal is not null || !_seen.Add((type, behindImmutable)) || KnownTypes.IsLeaf(type))
            {
                return;
            }

            if (type.IsArray || KnownTypes.IsMutableGeneric(type))
            {
                Plain &= behindImmutable;
                VisitParts(type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments(), behindImmutable);
            }
            else if (KnownTypes.IsImmutableGeneric(type))
            {
                VisitParts(type.GetGenericArguments(), behindImmutable);
            }
            else if (typeof(Exception).IsAssignableFrom(type))
            {
                Plain = false;
                Refusal = RefusalOfException(type);
            }
            else if (typeof(IAddressable).IsAssignableFrom(type))
            {
                Plain = false; // a reference is checked, and a grain becomes one
            }
            else if (type != typeof(object) && !type.IsInterface)
            {
                VisitMessage(type, behindImmutable);
            }
        }

        private void VisitParts(Type[] parts, bool behindImmutable)
        {
            foreach (var part in parts)
            {
                Plain &= !IsOpen(part);
                Visit(part, behindImmutable);
            }
        }

        private void VisitMessage(Type type, bool behindImmutable)
        {
            if (!IsMessage(type))
            {
                Refusal = $"{type} has no serializer: mark it [GenerateSerializer].";
                return;
            }

            if ((Refusal = MessageFields.RefusalOf(type)) is not null)
            {
                return;
            }

            var immutable = behindImmutable || IsImmutable(type);
            Plain &= immutable || (type.IsValueType && MessageFields.Of(type).All(field => field.IsInitOnly));
            VisitParts([.. MessageFields.Of(type).Select(field => field.FieldType)], immutable);
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            {
                Visit(parent, behindImmutable);
            }
        }
    }
}

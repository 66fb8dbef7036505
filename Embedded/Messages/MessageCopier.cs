using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Serialization;

namespace Orleans.Story.Embedded;

/// <summary>
/// Stands in for the wire: refuses a value Orleans could not serialize, and isolates caller from callee by copying what may
/// change. Immutable messages pass by reference, as they do inside a silo. Collections of System.Collections.Immutable are
/// looked into but not rebuilt.
/// </summary>
internal static class MessageCopier
{
    private const int DeepestMessage = 64; // deeper is a cycle
    private static readonly MethodInfo s_clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>The value the other side gets.</summary>
    /// <exception cref="CodecNotFoundException">Something in it cannot travel.</exception>
    public static object? Copy(object? value, Type declared, bool immutable = false) => Copy(value, declared, immutable, depth: 0);

    private static object? Copy(object? value, Type declared, bool immutable, int depth)
    {
        if (value is null)
        {
            return null;
        }

        if (depth > DeepestMessage)
        {
            throw new SerializerException($"A {declared} is nested deeper than {DeepestMessage}, or in itself.");
        }

        if (value is IAddressable addressable)
        {
            var reference = AsReference(addressable, declared);
            return depth == 0 || !immutable || ReferenceEquals(reference, addressable)
                ? reference
                : throw new CodecNotFoundException($"A {addressable.GetType()} is inside a message that is not copied: put AsReference of it there.");
        }

        if (value is Exception exception)
        {
            return MessageShape.RefusalOfException(exception.GetType()) is { } refused ? throw new CodecNotFoundException(refused) : exception;
        }

        var type = value.GetType();
        var shape = MessageShape.Of(type);
        if (shape.Refusal is not null)
        {
            throw new CodecNotFoundException(shape.Refusal);
        }

        if (shape.Plain || type == typeof(object) || IsDefaultArray(value, type))
        {
            return value;
        }

        return value switch
        {
            Array array => CopyArray(array, immutable, depth),
            _ when MessageShape.IsMessage(type) => CopyMessage(value, shape, immutable || MessageShape.IsImmutable(type), depth),
            IEnumerable items => CopyCollection(items, type, immutable || KnownTypes.IsImmutableGeneric(type), depth),
            _ => LookInto(value, type, depth), // tuples and pairs
        };
    }

    private static bool IsDefaultArray(object value, Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && (bool)type.GetProperty(nameof(ImmutableArray<>.IsDefault))!.GetValue(value)!;

    private static GrainReference AsReference(IAddressable addressable, Type declared)
        => addressable switch
        {
            GrainReference reference => reference,
            IGrainObserver => throw new CodecNotFoundException($"{addressable.GetType()} is an observer and not a reference to one: pass what CreateObjectReference gave."),
            _ => GrainExtensions.ReferenceOf(addressable).As(declared.IsInterface ? declared : typeof(IAddressable)),
        };

    private static Array CopyArray(Array source, bool immutable, int depth)
    {
        var declared = source.GetType().GetElementType()!;
        var copy = immutable ? source : (Array)source.Clone();
        if (source.Rank == 1 && !KnownTypes.IsLeaf(declared))
        {
            for (var i = 0; i < source.Length; i++)
            {
                var item = Copy(source.GetValue(i), declared, immutable, depth + 1);
                if (!immutable)
                {
                    copy.SetValue(item, i);
                }
            }
        }

        return copy;
    }

    private static object CopyMessage(object source, MessageShape shape, bool immutable, int depth)
    {
        var copy = immutable ? source : s_clone.Invoke(source, parameters: null)!;
        foreach (var field in shape.Fields)
        {
            var value = Copy(field.GetValue(source), field.FieldType, immutable, depth + 1);
            if (!immutable)
            {
                field.SetValue(copy, value);
            }
        }

        return copy;
    }

    private static object CopyCollection(IEnumerable source, Type type, bool immutable, int depth)
    {
        var parts = type.GetGenericArguments();
        var items = new List<object?>();
        if (source is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                items.Add(Copy(entry.Key, parts[0], immutable, depth + 1));
                items.Add(Copy(entry.Value, parts[1], immutable, depth + 1));
            }
        }
        else
        {
            foreach (var item in source)
            {
                items.Add(Copy(item, parts[0], immutable, depth + 1));
            }
        }

        return immutable ? source : Collections.Rebuild(source, type, parts, items);
    }

    private static object LookInto(object value, Type type, int depth)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Copy(field.GetValue(value), field.FieldType, immutable: true, depth + 1);
        }

        return value;
    }
}

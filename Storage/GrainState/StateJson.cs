using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Story.Storage.GrainState;

/// <summary>
/// Grain state as JSON. Members may be added to a state at any time: what an old row lacks gets its default, and an
/// <see cref="ImmutableArray{T}"/> is empty where it would be unusable.
/// </summary>
internal static class StateJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ImmutableArrayConverterFactory() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Forgive } },
    };

    public static byte[] Write<T>(T? state) => JsonSerializer.SerializeToUtf8Bytes(state, Options);

    public static T? Read<T>(byte[] body) => JsonSerializer.Deserialize<T>(body, Options);

    /// <summary>What a grain finds before its first write.</summary>
    public static T? New<T>() => Options.GetTypeInfo(typeof(T)).Kind == JsonTypeInfoKind.Object
        ? JsonSerializer.Deserialize<T>("{}", Options)
        : Activator.CreateInstance<T>();

    private static void Forgive(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in type.Properties)
            property.IsRequired = false;

        if (type.Type.IsValueType)
            return;
        var arrays = type.Properties
            .Where(property => property is { Get: not null, Set: not null } && ImmutableArrayConverterFactory.Converts(property.PropertyType))
            .Select(property => (Get: property.Get!, Set: property.Set!, Default: Activator.CreateInstance(property.PropertyType)!,
                Empty: JsonSerializer.Deserialize("[]", property.PropertyType, Options)))
            .ToList();
        if (arrays.Count == 0)
            return;
        type.OnDeserialized = state =>
        {
            foreach (var (get, set, missing, empty) in arrays)
            {
                if (missing.Equals(get(state)))
                    set(state, empty);
            }
        };
    }
}

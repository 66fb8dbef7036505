using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Orleans.Story.Contracts;

namespace Orleans.Story.Tests.Contracts;

/// <summary>Every message type of the contracts, and an example of each made from its shape.</summary>
internal static class Samples
{
    public static IReadOnlyList<Type> Messages { get; } =
    [
        .. typeof(SessionId).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Every type that a grain method takes or gives, through arrays and nullables.</summary>
    public static IReadOnlyList<Type> OnTheWire { get; } =
    [
        .. typeof(SessionId).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            .SelectMany(grain => grain.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(Parts)
            .Where(type => type.Assembly == typeof(SessionId).Assembly && !type.IsInterface)
            .Distinct(),
    ];

    public static object Of(Type type) => Make(type, 0)!;

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type];

    private static object? Make(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner, depth);
        if (type == typeof(string)) return "样 sample";
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 3;
        if (type == typeof(long)) return 1_768_680_000_000L;
        if (type == typeof(double)) return 0.25;
        if (type == typeof(Guid)) return new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f");
        // A language is said once in a text.
        if (type == typeof(Text)) return new Text("zh", "样", [new Wording("en", "sample")]);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(1)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Array(type.GetGenericArguments()[0], depth);
        if (depth > 10) throw new InvalidOperationException($"{type} is deeper than a message should be.");
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<IdAttribute>() is not null))
            property.SetValue(made, Make(property.PropertyType, depth + 1));
        return made;
    }

    private static object Array(Type element, int depth)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        items.Add(Make(element, depth + 1));
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.CreateRange) && method.GetParameters().Length == 1)
            .MakeGenericMethod(element).Invoke(null, [items])!;
    }
}

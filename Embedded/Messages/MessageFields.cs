using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Story.Embedded;

/// <summary>The stored members of a marked type, and whether each has its number.</summary>
internal static class MessageFields
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Every field that travels, inherited ones included.</summary>
    public static FieldInfo[] Of(Type type)
        => [.. DeclaredBy(type), .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Exception) ? Of(parent) : []];

    /// <summary>
    /// Why the type's own members cannot all travel. Orleans would drop a member without a number and say nothing at run time;
    /// a record's positional members have their position for one.
    /// </summary>
    public static string? RefusalOf(Type type)
    {
        if (type.IsEnum || type.IsAbstract && type.IsInterface)
        {
            return null;
        }

        var ids = new HashSet<uint>();
        foreach (var field in DeclaredBy(type))
        {
            var member = (MemberInfo?)PropertyOf(type, field) ?? field;
            if (member.GetCustomAttribute<IdAttribute>() is { } id)
            {
                if (!ids.Add(id.Id))
                {
                    return $"{type} numbers two members {id.Id}.";
                }
            }
            else if (!IsPositional(type, field))
            {
                return $"{type}.{NameOf(field)} has no [Id] and would be lost.";
            }
        }

        return null;
    }

    private static IEnumerable<FieldInfo> DeclaredBy(Type type) => type.GetFields(Declared).Where(field => !field.IsDefined(typeof(NonSerializedAttribute)));

    private static PropertyInfo? PropertyOf(Type type, FieldInfo field)
        => field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal) && field.IsDefined(typeof(CompilerGeneratedAttribute))
            ? type.GetProperty(NameOf(field), Declared)
            : null;

    /// <summary>What the source calls it: the compiler writes <c>&lt;Name&gt;k__BackingField</c>, and <c>&lt;name&gt;P</c> for a captured parameter.</summary>
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static bool IsPositional(Type type, FieldInfo field)
    {
        var included = type.GetCustomAttribute<GenerateSerializerAttribute>()!.IncludePrimaryConstructorParameters;
        if (!included && !IsRecord(type))
        {
            return false;
        }

        var name = NameOf(field);
        return type.GetConstructors(Declared).Any(constructor => constructor.GetParameters().Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)));
    }

    private static bool IsRecord(Type type)
        => type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute)));
}

using System.Diagnostics.CodeAnalysis;

namespace Orleans.Story.Gateway;

/// <summary>Reads enums as the protocol writes them: by name, to the letter, never by number.</summary>
internal static class EnumNames
{
    /// <summary>The value with this name; false when there is none.</summary>
    public static bool TryRead<T>([NotNullWhen(true)] string? name, out T value)
        where T : struct, Enum
    {
        value = default;
        return name is not null && Enum.GetNames<T>().Contains(name, StringComparer.Ordinal) && Enum.TryParse(name, out value);
    }
}

using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>
/// Values that travel with calls, down the chain and never back up. They flow where an <see cref="AsyncLocal{T}"/> of the
/// caller does not.
/// </summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> s_values = new();

    /// <summary>The names that are set.</summary>
    public static IEnumerable<string> Keys => Current.Keys;

    /// <summary>Names and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current;

    internal static ImmutableDictionary<string, object> Current
    {
        get => s_values.Value ?? ImmutableDictionary<string, object>.Empty;
        set => s_values.Value = value;
    }

    /// <summary>The value, or <see langword="null"/>.</summary>
    public static object? Get(string key) => Current.GetValueOrDefault(key);

    /// <summary>Sets a value for this flow and the calls it makes.</summary>
    public static void Set(string key, object value) => Current = Current.SetItem(key, value);

    /// <summary>Takes a value away; <see langword="false"/> if there was none.</summary>
    public static bool Remove(string key)
    {
        var found = Current.ContainsKey(key);
        if (found)
        {
            Current = Current.Remove(key);
        }

        return found;
    }

    /// <summary>Takes every value away.</summary>
    public static void Clear() => s_values.Value = null;
}

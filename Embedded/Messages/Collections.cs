using System.Collections;

namespace Orleans.Story.Embedded;

/// <summary>Builds a collection like another one, with copied items.</summary>
internal static class Collections
{
    public static object Rebuild(IEnumerable like, Type type, Type[] parts, List<object?> items)
    {
        var comparer = type.GetProperty("Comparer")?.GetValue(like);
        if (like is IDictionary)
        {
            var dictionary = (IDictionary)Activator.CreateInstance(type, comparer)!;
            for (var i = 0; i < items.Count; i += 2)
            {
                dictionary.Add(items[i]!, items[i + 1]);
            }

            return dictionary;
        }

        var array = Array.CreateInstance(parts[0], items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            // A stack lists its newest first, and takes its newest last.
            array.SetValue(items[i], type.GetGenericTypeDefinition() == typeof(Stack<>) ? items.Count - 1 - i : i);
        }

        return comparer is null ? Activator.CreateInstance(type, array)! : Activator.CreateInstance(type, array, comparer)!;
    }
}

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Hands out the values of a map by key, having reported the keys that are unknown or written twice.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly MapNode map;
    private readonly string owner;
    private readonly ProblemList problems;

    /// <summary>Indexes the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="owner">What it is, for sentences: "the storylet horn".</param>
    /// <param name="known">Keys that may be written.</param>
    /// <param name="problems">Where to report.</param>
    public MapReader(MapNode map, string owner, IReadOnlyCollection<string> known, ProblemList problems)
    {
        this.map = map;
        this.owner = owner;
        this.problems = problems;
        foreach (var (key, value) in map.Entries)
        {
            if (!known.Contains(key.Value, StringComparer.Ordinal))
                problems.Error(key.At, $"{owner} has no key \"{key.Value}\"", Mend(key.Value, known));
            else if (!values.TryAdd(key.Value, value))
                problems.Error(key.At, $"the key {key.Value} is written twice", "Delete one of the two.");
        }
    }

    /// <summary>What looks like words is words: a comma outside quotes ended the wording before it.</summary>
    private static string Mend(string key, IReadOnlyCollection<string> known) =>
        key.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c))
            ? "If these words belong to the wording before the comma, put that whole wording in quotes."
            : Nearest.Mend(key, known);

    /// <summary>Reads <paramref name="node"/> as a map, or reports that it is none.</summary>
    public static MapReader? Of(Node node, string owner, IReadOnlyCollection<string> known, ProblemList problems)
    {
        if (node is MapNode map) return new MapReader(map, owner, known, problems);
        problems.Error(node.At, $"{owner} must have keys", $"Write key: value with the keys {string.Join(", ", known)}.");
        return null;
    }

    /// <summary>"the storylet horn" if the node has an id by which to call it, else only "the storylet".</summary>
    public static string Call(Node node, string what)
    {
        var id = (node as MapNode)?.Entries.FirstOrDefault(entry => entry.Key.Value == "id").Value;
        return id is ScalarNode { Value: { Length: > 0 } name } && Values.IsId(name) ? $"{what} {name}" : what;
    }

    public bool Has(string key) => values.ContainsKey(key);

    public Node? Optional(string key) => values.GetValueOrDefault(key);

    public Node? Required(string key)
    {
        if (values.TryGetValue(key, out var value)) return value;
        problems.Error(map.At, $"{owner} lacks the key {key}", $"Write {key}: … here.");
        return null;
    }
}

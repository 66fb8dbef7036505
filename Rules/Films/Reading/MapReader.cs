using Orleans.Story.Contracts;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Hands out the values of a map by key, having reported the keys that are unknown or written twice.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, Node> values = new(StringComparer.Ordinal);
    private readonly MapNode map;
    private readonly Called owner;
    private readonly ProblemList problems;

    /// <summary>Indexes the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="owner">What it is, for sentences: "the storylet horn".</param>
    /// <param name="known">Keys that may be written.</param>
    /// <param name="problems">Where to report.</param>
    public MapReader(MapNode map, Called owner, IReadOnlyCollection<string> known, ProblemList problems)
    {
        this.map = map;
        this.owner = owner;
        this.problems = problems;
        foreach (var (key, value) in map.Entries)
        {
            if (!known.Contains(key.Value, StringComparer.Ordinal))
                problems.Error(key.At, Both($"{owner.En} has no key \"{key.Value}\"", $"{owner.Subject}没有键“{key.Value}”"), Mend(key.Value, known));
            else if (!values.TryAdd(key.Value, value))
                problems.Error(key.At, Both($"the key {key.Value} is written twice", $"键 {key.Value} 写了两次"), Both("Delete one of the two.", "请删去其中一个。"));
        }
    }

    /// <summary>What looks like words is words: a comma outside quotes ended the wording before it.</summary>
    private static Text Mend(string key, IReadOnlyCollection<string> known) =>
        key.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c))
            ? Both("If these words belong to the wording before the comma, put that whole wording in quotes.", "如果这些字属于逗号前的那句话，请把整句放进引号。")
            : Nearest.Mend(key, known);

    /// <summary>Reads <paramref name="node"/> as a map, or reports that it is none.</summary>
    public static MapReader? Of(Node node, Called owner, IReadOnlyCollection<string> known, ProblemList problems)
    {
        if (node is MapNode map) return new MapReader(map, owner, known, problems);
        problems.Error(
            node.At,
            Both($"{owner.En} must have keys", $"{owner.Subject}必须由键组成"),
            Both($"Write key: value with the keys {string.Join(", ", known)}.", $"请按“键: 值”来写，可用的键：{string.Join('、', known)}。"));
        return null;
    }

    /// <summary>"the storylet horn" if the node has an id by which to call it, else only "the storylet".</summary>
    public static Called Call(Node node, Called what)
    {
        var id = (node as MapNode)?.Entries.FirstOrDefault(entry => entry.Key.Value == "id").Value;
        return id is ScalarNode { Value: { Length: > 0 } name } && Values.IsId(name) ? what.With(name) : what;
    }

    public bool Has(string key) => values.ContainsKey(key);

    public Node? Optional(string key) => values.GetValueOrDefault(key);

    public Node? Required(string key)
    {
        if (values.TryGetValue(key, out var value)) return value;
        problems.Error(map.At, Both($"{owner.En} lacks the key {key}", $"{owner.Subject}缺少键 {key}"), Both($"Write {key}: … here.", $"请在这里写上“{key}: …”。"));
        return null;
    }
}

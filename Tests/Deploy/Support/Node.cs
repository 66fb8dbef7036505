using System.Collections;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Orleans.Story.Tests.Deploy.Support;

/// <summary>A place in a YAML or JSON document: asking for what is not there is answered with nothing, not with an error.</summary>
internal readonly record struct Node(object? Value) : IEnumerable<Node>
{
    /// <summary>The value under a key.</summary>
    public Node this[string key] => Value is IDictionary<object, object?> map && map.TryGetValue(key, out var value) ? new Node(value) : default;

    public bool IsThere => Value is not null;

    /// <summary>As text; empty when there is none.</summary>
    public string Text => Value as string ?? "";

    /// <summary>Keys and values of a map.</summary>
    public IEnumerable<(string Key, Node Value)> Pairs =>
        Value is IDictionary<object, object?> map ? map.Select(pair => ((string)pair.Key, new Node(pair.Value))) : [];

    /// <summary>Each scalar below.</summary>
    public IEnumerable<string> Scalars => Value switch
    {
        string text => [text],
        IDictionary<object, object?> map => map.Values.SelectMany(value => new Node(value).Scalars),
        IList<object?> list => list.SelectMany(value => new Node(value).Scalars),
        _ => [],
    };

    /// <summary>The items of a list.</summary>
    public IEnumerator<Node> GetEnumerator() => (Value is IList<object?> list ? list : []).Select(item => new Node(item)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The documents of a file, anchors and merges resolved. JSON is YAML too.</summary>
    public static IReadOnlyList<Node> Load(string path)
    {
        var text = Checkout.Read(path);
        var yaml = new DeserializerBuilder().Build();
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var documents = new List<Node>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<StreamEnd>(out _) is false) documents.Add(new Node(yaml.Deserialize(parser)));
        return documents;
    }

    public override string ToString() => Value?.ToString() ?? "nothing";
}

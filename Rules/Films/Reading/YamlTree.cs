using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>A YAML value and where it starts.</summary>
internal abstract record Node(Spot At);

/// <summary>Words, a number, a truth value or nothing; which of them is for the asker to say.</summary>
internal sealed record ScalarNode(Spot At, string Value, ScalarStyle Style) : Node(At)
{
    /// <summary>Nothing was written. (A word like <c>no</c> is a word here: YAML's Norway problem stays outside.)</summary>
    public bool IsMissing => Style == ScalarStyle.Plain && Value is "" or "~" or "null";
}

internal sealed record ListNode(Spot At, ImmutableArray<Node> Items) : Node(At);

internal sealed record MapNode(Spot At, ImmutableArray<KeyValuePair<ScalarNode, Node>> Entries) : Node(At);

/// <summary>
/// Reads one YAML document into nodes that know their place. Plain YAML only: anchors, aliases and tags are refused,
/// so a file can neither grow when read nor name a type.
/// </summary>
internal sealed class YamlTree
{
    private const int Deepest = 12;
    private readonly string path;
    private readonly ProblemList problems;
    private readonly Parser parser;
    private readonly bool hasTabs;

    private YamlTree(FilmSource file, ProblemList problems)
    {
        path = file.Path;
        hasTabs = file.Content.Contains('\t', StringComparison.Ordinal);
        this.problems = problems;
        parser = new Parser(new StringReader(file.Content));
    }

    /// <summary>The document, or <see langword="null"/> after reporting why there is none.</summary>
    public static Node? Read(FilmSource file, ProblemList problems)
    {
        var tree = new YamlTree(file, problems);
        try
        {
            return tree.Document();
        }
        catch (YamlException broken)
        {
            return tree.Broken(broken.Start, broken.Message.TrimEnd('.'));
        }
        catch (Exception lost) when (lost is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // The scanner loses its footing on some broken input (an empty value before a closing brace, for one).
            return tree.Broken(tree.parser.Current?.End ?? new Mark(0, 1, 1), "a value is missing or out of place");
        }
    }

    private Node? Broken(in Mark at, string why)
    {
        // A tab is the commonest cause; it is reported where it stands, which this message cannot.
        if (hasTabs) return null;
        problems.Error(
            At(at),
            $"the YAML cannot be read from here ({why})",
            "Look here and just above for wrong indentation, a missing colon or quote, or words with a colon or # that need quotes.");
        return null;
    }

    private Node? Document()
    {
        Next();
        Next();
        if (parser.Current is StreamEnd)
        {
            problems.Error(new Spot(path, 1, 1), "the file is empty", "Write something in it or delete it.");
            return null;
        }

        Next();
        var root = Value(0);
        Next();
        Next();
        if (parser.Current is DocumentStart second)
            problems.Error(At(second.Start), "a second document starts here", "Delete the line ---; one file is one document.");
        return root;
    }

    private Node Value(int depth)
    {
        var start = parser.Current!;
        if (depth > Deepest) throw new YamlException(start.Start, start.End, "nested too deeply");
        if (start is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
            problems.Error(At(start.Start), "anchors, aliases and tags (&, *, !) are not part of the format", "Write the value out.");
        switch (start)
        {
            case Scalar scalar:
                return new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style);
            case SequenceStart:
                var items = ImmutableArray.CreateBuilder<Node>();
                for (Next(); parser.Current is not SequenceEnd; Next()) items.Add(Value(depth + 1));
                return new ListNode(At(start.Start), items.ToImmutable());
            case MappingStart:
                var entries = ImmutableArray.CreateBuilder<KeyValuePair<ScalarNode, Node>>();
                for (Next(); parser.Current is not MappingEnd; Next())
                {
                    var key = Value(depth + 1);
                    Next();
                    var value = Value(depth + 1);
                    if (key is ScalarNode word) entries.Add(new(word, value));
                    else problems.Error(key.At, "a key must be one word", "Write key: value.");
                }

                return new MapNode(At(start.Start), entries.ToImmutable());
            default:
                return new ScalarNode(At(start.Start), "", ScalarStyle.Plain);
        }
    }

    private void Next()
    {
        if (!parser.MoveNext()) throw new YamlException(parser.Current!.Start, parser.Current.End, "the file ends too early");
    }

    private Spot At(in Mark mark) => new(path, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}

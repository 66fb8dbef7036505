using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using static Orleans.Story.Contracts.Text;

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
            return tree.Broken(tree.parser.Current?.End ?? new Mark(0, 1, 1), YamlWords.Lost);
        }
    }

    private Node? Broken(in Mark at, string why)
    {
        // A tab is the commonest cause; it is reported where it stands, which this message cannot.
        if (hasTabs) return null;
        problems.Error(
            At(at),
            Both($"the YAML cannot be read from here ({why})", $"从这里起 YAML 无法读取（{YamlWords.Chinese(why)}）"),
            Both(
                "Look here and just above for wrong indentation, a missing colon or quote, or words with a colon or # that need quotes.",
                "请看这里和上面几行：缩进不对，少了冒号或引号，或者文字里有冒号或 # 却没加引号。"));
        return null;
    }

    private Node? Document()
    {
        Next();
        Next();
        if (parser.Current is StreamEnd)
        {
            problems.Error(new Spot(path, 1, 1), Both("the file is empty", "文件是空的"), Both("Write something in it or delete it.", "请写上内容，或删去它。"));
            return null;
        }

        Next();
        var root = Value(0);
        Next();
        Next();
        if (parser.Current is DocumentStart second)
            problems.Error(At(second.Start), Both("a second document starts here", "这里开始了第二个文档"), Both("Delete the line ---; one file is one document.", "请删去 --- 这一行；一个文件就是一个文档。"));
        return root;
    }

    private Node Value(int depth)
    {
        var start = parser.Current!;
        if (depth > Deepest) throw new YamlException(start.Start, start.End, YamlWords.TooDeep);
        if (start is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
        {
            problems.Error(
                At(start.Start),
                Both("anchors, aliases and tags (&, *, !) are not part of the format", "影片格式里没有锚点、别名和标签（&、*、!）"),
                Both("Write the value out.", "请把值完整写出来。"));
        }

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
                    else problems.Error(key.At, Both("a key must be one word", "键必须是一个词"), Both("Write key: value.", "请按“键: 值”来写。"));
                }

                return new MapNode(At(start.Start), entries.ToImmutable());
            default:
                return new ScalarNode(At(start.Start), "", ScalarStyle.Plain);
        }
    }

    private void Next()
    {
        if (!parser.MoveNext()) throw new YamlException(parser.Current!.Start, parser.Current.End, YamlWords.TooShort);
    }

    private Spot At(in Mark mark) => new(path, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}

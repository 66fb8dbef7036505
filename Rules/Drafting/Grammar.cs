using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>The authored words of the scaffold, from the files in <c>Grammar/</c>. Read once a process; a mistake in them is a defect of ours and throws.</summary>
internal sealed class Grammar
{
    private static readonly Lazy<Grammar> Read = new(static () => new Grammar());

    private Grammar()
    {
        var scaffold = Load("scaffold");
        Acts = [.. scaffold.List("acts").Select(act => new Act(act.Say("id"), act.Text("name"), act.Number("share"), act.Number("from"), act.Number("to")))];
        Promises = [.. scaffold.List("promises").Select(promise => new Promise(promise.Say("id"), promise.Text("statement")))];
        Facts = [.. scaffold.List("facts").Select(fact => new Fact(fact.Say("id"), fact.Text("statement")))];
        Slots = [.. scaffold.List("storylets").Select(Slot.Of)];
        Genres = [Genre.Of(Load("mystery")), Genre.Of(Load("romance")), Genre.Of(Load("science-fiction")), Genre.Of(Load("ghost-story"))];
        var props = Load("props");
        Things = [.. props.List("things").Select(prop => new Prop(prop.Ids("find"), prop.Pair()))];
        Settings = [.. props.List("places").Select(prop => new Prop(prop.Ids("find"), prop.Pair(), prop.Say("id")))];
    }

    public static Grammar Of => Read.Value;

    public ImmutableArray<Act> Acts { get; }

    public ImmutableArray<Promise> Promises { get; }

    public ImmutableArray<Fact> Facts { get; }

    public ImmutableArray<Slot> Slots { get; }

    public ImmutableArray<Genre> Genres { get; }

    public ImmutableArray<Prop> Things { get; }

    public ImmutableArray<Prop> Settings { get; }

    /// <summary>The genre whose words are in what a person wrote, or the first.</summary>
    public Genre GenreOf(string wish) =>
        Genres.FirstOrDefault(genre => genre.Words.Any(word => wish.Contains(word, StringComparison.OrdinalIgnoreCase))) ?? Genres[0];

    private static Node Load(string name)
    {
        using var stream = typeof(Grammar).Assembly.GetManifestResourceStream($"grammar/{name}.yaml")
            ?? throw new InvalidOperationException($"There is no grammar '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var problems = new ProblemList();
        return YamlTree.Read(new FilmSource($"{name}.yaml", reader.ReadToEnd()), problems) ?? throw new InvalidOperationException(problems.ToImmutable()[0].ToString());
    }
}

/// <summary>A thing or place that a premise may name.</summary>
internal sealed record Prop(ImmutableArray<string> Find, Words Name, string Id = "")
{
    /// <summary>Whether the premise names it: a whole word in English, the characters in Chinese.</summary>
    public bool IsIn(string premise, IReadOnlySet<string> words) =>
        Find.Any(find => char.IsAsciiLetter(find[0]) ? words.Contains(find) : premise.Contains(find, StringComparison.Ordinal));
}

/// <summary>A genre's people, places and props.</summary>
internal sealed record Genre(string Id, Words Name, ImmutableArray<string> Words, string Rating, WarmUp WarmUp)
{
    public ImmutableArray<Archetype> Cast { get; private init; } = [];

    public ImmutableArray<Place> Places { get; private init; } = [];

    public ImmutableArray<Words> Things { get; private init; } = [];

    public ImmutableArray<Words> Signs { get; private init; } = [];

    public ImmutableArray<Words> Dangers { get; private init; } = [];

    public ImmutableArray<Words> Pasts { get; private init; } = [];

    public ImmutableArray<Words> Air { get; private init; } = [];

    public static Genre Of(Node node) => new(
        node.Say("id"), node.Text("names"), node.Ids("words"), node.Say("rating"),
        new WarmUp(node.Get("warmup").Text("question"), [.. node.Get("warmup").List("options").Select(option => option.Pair())]))
    {
        Cast = [.. node.List("cast").Select(Archetype.Of)],
        Places = [.. node.List("places").Select(PlaceOf)],
        Things = Pairs(node, "things"),
        Signs = Pairs(node, "signs"),
        Dangers = Pairs(node, "dangers"),
        Pasts = Pairs(node, "pasts"),
        Air = Pairs(node, "air"),
    };

    private static ImmutableArray<Words> Pairs(Node node, string key) => [.. node.List(key).Select(pair => pair.Pair())];

    private static Place PlaceOf(Node place) => new(place.Say("id"), place.Text("name"), place.Ids("palette"), place.Text("sound"))
    {
        Type = Enum.Parse<Typeface>(place.Say("type"), ignoreCase: true),
        Ambience = [.. place.Ids("ambience").Select(layer => Enum.Parse<Ambience>(layer, ignoreCase: true))],
    };
}

/// <summary>Somebody a genre knows, with what they say wherever a scene asks them to.</summary>
internal sealed record Archetype(Character Character, ImmutableArray<Words> Names, ImmutableArray<Words> ChineseNames, ImmutableDictionary<string, Words> Says)
{
    public static Archetype Of(Node node)
    {
        var names = node.List("names").Select(name => name.Pair()).ToImmutableArray();
        var character = new Character(node.Say("id"), names[0], node.Text("want"), node.Text("fear"), node.Text("voice"), node.Text("secret")) { Epilogue = node.Text("epilogue") };
        var says = ((MapNode)node.Get("says")).Entries.ToImmutableDictionary(entry => entry.Key.Value, entry => entry.Value.Pair(), StringComparer.Ordinal);
        return new Archetype(character, names, [.. node.List("zh-names").Select(name => name.Pair())], says);
    }
}

/// <summary>Reads nodes that are known to be well-formed.</summary>
internal static class GrammarNodes
{
    public static Node Get(this Node node, string key) => node.Find(key) ?? throw new InvalidOperationException($"{node.At.File}({node.At.Line}): {key} is missing.");

    public static Node? Find(this Node node, string key) => ((MapNode)node).Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    public static ImmutableArray<Node> List(this Node node, string key) => node.Find(key) is ListNode list ? list.Items : [];

    public static string Say(this Node node, string key) => ((ScalarNode)node.Get(key)).Value;

    public static double Number(this Node node, string key) => double.Parse(node.Say(key), CultureInfo.InvariantCulture);

    public static ImmutableArray<string> Ids(this Node node, string key) => [.. node.List(key).Select(item => ((ScalarNode)item).Value)];

    public static Words Text(this Node node, string key) => node.Get(key).Pair();

    public static Words Pair(this Node node) => Words.Both(node.Say("en"), node.Say("zh"));
}

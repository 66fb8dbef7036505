using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A storylet of the scaffold: what it does, and several ways to word it. Roles a to d stand for the first four of the cast.</summary>
internal sealed record Slot(string Id, BeatFunction Function, double Tension, int Place)
{
    public bool Opening { get; private init; }

    public ImmutableArray<int> Acts { get; private init; } = [];

    public ImmutableArray<string> Roles { get; private init; } = [];

    public ImmutableArray<string> Needs { get; private init; } = [];

    public ImmutableArray<string> Bars { get; private init; } = [];

    public ImmutableArray<string> Opens { get; private init; } = [];

    public ImmutableArray<string> Pays { get; private init; } = [];

    public ImmutableArray<SlotOption> Options { get; private init; } = [];

    public ImmutableArray<Variant> Variants { get; private init; } = [];

    /// <summary>Whether nothing that the hall chooses can shut it.</summary>
    public bool IsFree => Needs.IsEmpty && Bars.IsEmpty && (Pays.IsEmpty || Function == BeatFunction.Resolution);

    public static Slot Of(Node node) => new(node.Say("id"), Enum.Parse<BeatFunction>(node.Say("function"), ignoreCase: true), node.Number("tension"), (int)node.Number("place"))
    {
        Opening = node.Find("opening") is not null,
        Acts = [.. node.Ids("acts").Select(act => int.Parse(act, System.Globalization.CultureInfo.InvariantCulture))],
        Roles = node.Ids("cast"),
        Needs = node.Ids("needs"),
        Bars = node.Ids("bars"),
        Opens = node.Ids("opens"),
        Pays = node.Ids("pays"),
        Options = [.. node.List("options").Select(option => new SlotOption(option.Ids("sets"), option.Ids("for")))],
        Variants = [.. node.List("variants").Select(Variant.Of)],
    };
}

/// <summary>What an option of a slot sets, and whose side it takes.</summary>
internal sealed record SlotOption(ImmutableArray<string> Sets, ImmutableArray<string> For);

/// <summary>A wording of a slot; the languages have the same number of rows.</summary>
internal sealed record Variant(Words Moment, ImmutableArray<string> En, ImmutableArray<string> Zh, Words? Question, ImmutableArray<Words> Labels)
{
    public static Variant Of(Node node) => new(
        node.Text("moment"), Rows(node, "en"), Rows(node, "zh"), node.Find("question")?.Pair(), [.. node.List("labels").Select(label => label.Pair())]);

    private static ImmutableArray<string> Rows(Node node, string language) =>
        [.. node.Get("lines").Say(language).Split('\n').Where(row => row.Trim().Length > 0).Select(row => row.Trim())];
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using static System.FormattableString;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads the items of <c>cast</c>, <c>places</c>, <c>promises</c>, <c>facts</c> and <c>acts</c>.</summary>
internal sealed partial class Declarations(FilmDraft draft, Values values)
{
    public Declared<Character>? Character(Node node, Called what)
    {
        if (Open(node, what, ["id", "name", "want", "fear", "voice", "secret", "epilogue", "gone"]) is not var (id, map)) return null;
        var owner = what.With(id.Id);
        var name = Text(map, "name", owner, FilmLimits.Name);
        var want = Text(map, "want", owner, FilmLimits.Note);
        var fear = Text(map, "fear", owner, FilmLimits.Note);
        var voice = Text(map, "voice", owner, FilmLimits.Note);
        var secret = Text(map, "secret", owner, FilmLimits.Note);
        var epilogue = map.Optional("epilogue") is { } last ? values.Text(last, owner.KeyOf("epilogue"), FilmLimits.Note, draft.Languages) : null;
        var gone = Ends(map, "gone", id, draft.Gone);
        return new(id, name is null || want is null || fear is null || voice is null || secret is null
            ? null
            : new Character(id.Id, name, want, fear, voice, secret) { Epilogue = epilogue, Gone = gone });
    }

    public Declared<Place>? Place(Node node, Called what)
    {
        if (Open(node, what, ["id", "name", "palette", "sound", "type", "ambience", "still", "audio", "closed"]) is not var (id, map)) return null;
        var owner = what.With(id.Id);
        var name = Text(map, "name", owner, FilmLimits.Name);
        var sound = Text(map, "sound", owner, FilmLimits.Note);
        var palette = map.Required("palette") is { } colours ? Palette(colours, owner) : null;
        var closed = Ends(map, "closed", id, draft.Closed);
        return new(id, name is null || sound is null || palette is null
            ? null
            : new Place(id.Id, name, palette.Value, sound)
            {
                Type = map.Optional("type") is { } type ? One<Typeface>(type, Called.The("type")) ?? default : default,
                Ambience = map.Optional("ambience") is { } heard ? Ambience(heard) : [],
                Still = map.Optional("still") is { } still ? values.Asset(still, Called.The("still"), FilmLimits.Stills) : null,
                Audio = map.Optional("audio") is { } audio ? values.Asset(audio, Called.The("audio"), FilmLimits.Sounds) : null,
                Closed = closed,
            });
    }

    /// <summary>The facts that end something, kept in the draft with where they were written.</summary>
    private ImmutableArray<string> Ends(MapReader map, string key, Named owner, List<EndedBy> kept)
    {
        if (map.Optional(key) is not { } node) return [];
        var facts = values.IdOrIds(node, Called.Fact);
        kept.AddRange(facts.Select(fact => new EndedBy(owner.Id, fact)));
        return [.. facts.Select(fact => fact.Id)];
    }

    public Declared<Promise>? Promise(Node node, Called what)
    {
        if (Open(node, what, ["id", "statement"]) is not var (id, map)) return null;
        var statement = Text(map, "statement", what.With(id.Id), FilmLimits.Statement);
        return new(id, statement is null ? null : new Promise(id.Id, statement));
    }

    public WarmUp? WarmUp(Node node)
    {
        if (MapReader.Of(node, Called.WarmUp, ["question", "options"], values.Problems) is not { } map) return null;
        var question = Text(map, "question", Called.WarmUp, FilmLimits.Question);
        if (map.Required("options") is not { } options || values.List(options, Called.Key("options")) is not { } list) return null;
        if (list.Items.Length is < FilmLimits.FewestOptions or > FilmLimits.MostOptions)
        {
            values.Problems.Error(
                list.At,
                Both($"the warm-up has {list.Items.Length} options", $"热身有 {list.Items.Length} 个选项"),
                Both($"Write {FilmLimits.FewestOptions} to {FilmLimits.MostOptions}.", $"请写 {FilmLimits.FewestOptions} 到 {FilmLimits.MostOptions} 个。"));
        }

        var labels = list.Items.Select(item => values.Text(item, Called.The("label"), FilmLimits.Label, draft.Languages)).ToImmutableArray();
        return question is null || labels.Any(label => label is null) ? null : new WarmUp(question, [.. labels.Select(label => label!)]);
    }

    private ImmutableArray<Ambience> Ambience(Node node)
    {
        if (values.List(node, Called.Key("ambience")) is not { } list) return [];
        if (list.Items.Length > FilmLimits.MostLayers)
        {
            values.Problems.Error(
                list.At,
                Both($"{list.Items.Length} sounds at once are noise", $"{list.Items.Length} 种声音同时响就成了噪音"),
                Both($"Keep at most {FilmLimits.MostLayers}.", $"请最多保留 {FilmLimits.MostLayers} 种。"));
        }

        return [.. list.Items.Select(item => One<Ambience>(item, new Called("the sound", "环境声"))).OfType<Ambience>()];
    }

    /// <summary>A word out of an enum's, in lower case.</summary>
    private T? One<T>(Node node, Called what)
        where T : struct, Enum
    {
        if (values.Word(node, what) is not { } word) return null;
        var words = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToImmutableArray();
        if (words.IndexOf(word) is >= 0 and var at) return Enum.GetValues<T>()[at];
        values.Problems.Error(node.At, Both($"{what.En} \"{word}\" is unknown", $"{what.Subject}没有“{word}”这一种"), Nearest.Mend(word, words));
        return null;
    }

    public Declared<Fact>? Fact(Node node, Called what)
    {
        if (Open(node, what, ["id", "statement"]) is not var (id, map)) return null;
        var statement = Text(map, "statement", what.With(id.Id), FilmLimits.Statement);
        return new(id, statement is null ? null : new Fact(id.Id, statement));
    }

    public Declared<Act>? Act(Node node, Called what)
    {
        if (Open(node, what, ["id", "name", "share", "tension"]) is not var (id, map)) return null;
        var owner = what.With(id.Id);
        var name = Text(map, "name", owner, FilmLimits.Name);
        var share = map.Required("share") is { } part ? values.Number(part, Called.The("share"), 0.01, 1) : null;
        double? from = null;
        double? to = null;
        if (map.Required("tension") is { } tension && MapReader.Of(tension, Called.Key("tension"), ["from", "to"], values.Problems) is { } ends)
        {
            from = ends.Required("from") is { } start ? values.Number(start, Called.Key("tension"), 0, 1) : null;
            to = ends.Required("to") is { } end ? values.Number(end, Called.Key("tension"), 0, 1) : null;
        }

        return new(id, name is null || share is null || from is null || to is null
            ? null
            : new Act(id.Id, name, share.Value, from.Value, to.Value));
    }

    private (Named Id, MapReader Map)? Open(Node node, Called what, ImmutableArray<string> keys)
    {
        if (MapReader.Of(node, MapReader.Call(node, what), keys, values.Problems) is not { } map) return null;
        return map.Required("id") is { } value && values.Id(value, what) is { } id ? (id, map) : null;
    }

    private Text? Text(MapReader map, string key, Called owner, WordingLimit limit) =>
        map.Required(key) is { } node ? values.Text(node, owner.KeyOf(key), limit, draft.Languages) : null;

    private ImmutableArray<string>? Palette(Node node, Called owner)
    {
        if (MapReader.Of(node, new Called($"the palette of {owner.En}", owner.KeyOf("palette").Zh), ["background", "text", "accent"], values.Problems) is not { } map) return null;
        var background = Colour(map, "background");
        var text = Colour(map, "text");
        var accent = Colour(map, "accent");
        if (background is null || text is null || accent is null) return null;
        Compare(node, owner, "text", Contrast(text, background), FilmLimits.TextContrast);
        Compare(node, owner, "accent", Contrast(accent, background), FilmLimits.AccentContrast);
        return [background, text, accent];
    }

    private string? Colour(MapReader map, string key)
    {
        if (map.Required(key) is not { } node) return null;
        if (node is ScalarNode scalar && ColourShape().IsMatch(scalar.Value)) return scalar.Value.ToLowerInvariant();
        values.Problems.Error(node.At, Both($"{key} must be a colour", $"{key} 必须是颜色"), Both("Write it in quotes with six digits, like \"#0b1a2e\".", "请加引号写六位，例如 \"#0b1a2e\"。"));
        return null;
    }

    private void Compare(Node node, Called owner, string part, double contrast, double least)
    {
        if (contrast >= least) return;
        values.Problems.Warning(
            node.At,
            Both(
                Invariant($"the {part} of {owner.En} has a contrast of {contrast:0.0} to the background; the last row needs {least:0}"),
                Invariant($"{owner.KeyOf(part).Zh} 与背景的对比度是 {contrast:0.0}；最后一排需要 {least:0}")),
            Both("Make the background darker or the other colour lighter.", "请把背景调暗，或把另一种颜色调亮。"));
    }

    /// <summary>Contrast ratio of two sRGB colours, 1–21 (WCAG 2.2, relative luminance).</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int start)
    {
        var value = int.Parse(colour.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColourShape();
}

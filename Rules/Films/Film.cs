using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Films;

/// <summary>
/// Authored content, compiled and checked: every reference in it resolves. Never sent in a message; grains name it by
/// <see cref="FilmRef"/> and find it in the process's library. The file format is <c>docs/film-format.md</c>.
/// </summary>
public sealed record Film
{
    /// <summary>Which exact version this is.</summary>
    public required FilmRef Ref { get; init; }

    /// <summary>BCP 47 tags; the first is the original language. Every storylet exists in each of them.</summary>
    public required ImmutableArray<string> Languages { get; init; }

    /// <summary>The title.</summary>
    public required Text Title { get; init; }

    /// <summary>One sentence for the lobby.</summary>
    public required Text Logline { get; init; }

    /// <summary>Age rating of the whole film: <c>G</c>, <c>PG</c>, <c>12</c>, <c>15</c> or <c>18</c>. No storylet is rated higher.</summary>
    public required string Rating { get; init; }

    /// <summary>Age rating of every storylet that has none of its own; <see langword="null"/> where it is <see cref="Rating"/>.</summary>
    public string? Mildest { get; init; }

    /// <summary>The ratings at which it can be told, the mildest first, as its reader found them; empty where there is one only.</summary>
    public ImmutableArray<FilmCut> Cuts { get; init; } = [];

    /// <summary>Shortest and longest running time in whole minutes at which the film has enough storylets.</summary>
    public required RunningTimes Minutes { get; init; }

    /// <summary>Who wins among options that are level.</summary>
    public TieRule Ties { get; init; }

    /// <summary>Who may speak.</summary>
    public required ImmutableArray<Character> Cast { get; init; }

    /// <summary>Where it may happen.</summary>
    public required ImmutableArray<Place> Places { get; init; }

    /// <summary>What the story may owe its audience; empty where the film names promises without describing them.</summary>
    public ImmutableArray<Promise> Promises { get; init; } = [];

    /// <summary>The light question that the hall answers in the lobby, or <see langword="null"/>.</summary>
    public WarmUp? WarmUp { get; init; }

    /// <summary>What may become true. Storylets and options set facts; storylets need or bar them.</summary>
    public required ImmutableArray<Fact> Facts { get; init; }

    /// <summary>The dramatic arc in order; shares of the running time sum to 1.</summary>
    public required ImmutableArray<Act> Acts { get; init; }

    /// <summary>The authored beats.</summary>
    public required ImmutableArray<Storylet> Storylets { get; init; }

    /// <summary>Every picture and sound file that it names, paths below its folder.</summary>
    public IEnumerable<string> Assets =>
        Places.SelectMany(place => new[] { place.Still, place.Audio }).Concat(Storylets.Select(storylet => storylet.Still)).OfType<string>().Distinct(StringComparer.Ordinal);
}

/// <summary>Running times in minutes, both inclusive.</summary>
/// <param name="Shortest">At least 2.</param>
/// <param name="Longest">At most 180.</param>
public sealed record RunningTimes(int Shortest, int Longest);

/// <summary>A member of the cast.</summary>
/// <param name="Id">Lower-case id; the speaker's name in storylet text.</param>
/// <param name="Name">The name shown on the wall.</param>
/// <param name="Want">What they are after.</param>
/// <param name="Fear">What they avoid.</param>
/// <param name="Voice">How they talk, for writers.</param>
/// <param name="Secret">What only the film knows.</param>
public sealed record Character(string Id, Text Name, Text Want, Text Fear, Text Voice, Text Secret)
{
    /// <summary>What a viewer who mostly took this character's side reads at the end, or <see langword="null"/>.</summary>
    public Text? Epilogue { get; init; }

    /// <summary>Ids of facts of which one is enough for this character to be gone: dead, left, not to be met any more.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];
}

/// <summary>A place with what the wall needs to paint it.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Name">The name shown on the wall.</param>
/// <param name="Palette">CSS hexadecimal colours: background, text, accent.</param>
/// <param name="Sound">What it sounds like, for writers.</param>
public sealed record Place(string Id, Text Name, ImmutableArray<string> Palette, Text Sound)
{
    /// <summary>How the wall sets the words.</summary>
    public Typeface Type { get; init; }

    /// <summary>What the wall lets be heard; at most four.</summary>
    public ImmutableArray<Ambience> Ambience { get; init; } = [];

    /// <summary>A picture behind the words, a path below the film's folder, or <see langword="null"/>.</summary>
    public string? Still { get; init; }

    /// <summary>A sound file instead of the ambience, a path below the film's folder, or <see langword="null"/>.</summary>
    public string? Audio { get; init; }

    /// <summary>Ids of facts of which one is enough for nothing to happen here any more: sunk, locked, burned down.</summary>
    public ImmutableArray<string> Closed { get; init; } = [];
}

/// <summary>Something the story owes its audience once a storylet has opened it.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Statement">The question that is left open, as a sentence.</param>
public sealed record Promise(string Id, Text Statement);

/// <summary>A light question for the lobby; nothing follows from it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Options">Two to four labels.</param>
public sealed record WarmUp(Text Question, ImmutableArray<Text> Options);

/// <summary>Something that may be true in this telling.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Statement">The fact as a sentence that every later beat must respect.</param>
public sealed record Fact(string Id, Text Statement);

/// <summary>A stretch of the dramatic arc.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Name">The act's title.</param>
/// <param name="Share">Share of the running time, 0–1 exclusive of 0.</param>
/// <param name="TensionFrom">Target tension at the act's start, 0–1.</param>
/// <param name="TensionTo">Target tension at the act's end, 0–1.</param>
public sealed record Act(string Id, Text Name, double Share, double TensionFrom, double TensionTo);

/// <summary>One authored beat.</summary>
public sealed record Storylet
{
    /// <summary>Lower-case id, unique in the film.</summary>
    public required string Id { get; init; }

    /// <summary>What it does in the arc. A <see cref="BeatFunction.Resolution"/> is an ending.</summary>
    public required BeatFunction Function { get; init; }

    /// <summary>Ids of the acts in which it may be told; never empty.</summary>
    public required ImmutableArray<string> Acts { get; init; }

    /// <summary>Age rating, where it is not the film's mildest.</summary>
    public string? Rating { get; init; }

    /// <summary>Whether it opens the film. Exactly one storylet does.</summary>
    public bool Opening { get; init; }

    /// <summary>How tense it is, 0–1.</summary>
    public required double Tension { get; init; }

    /// <summary>Id of the place where it happens.</summary>
    public required string Place { get; init; }

    /// <summary>Time of day or other slug-line detail, shown with the place.</summary>
    public required Text Moment { get; init; }

    /// <summary>A picture instead of the place's, a path below the film's folder, or <see langword="null"/>.</summary>
    public string? Still { get; init; }

    /// <summary>Ids of the characters present; only they may speak.</summary>
    public required ImmutableArray<string> Cast { get; init; }

    /// <summary>Ids of facts that must be true already.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>
    /// Ids of facts that must not be true: those written, and those that take somebody of its cast away or close its place
    /// (<see cref="Character.Gone"/>, <see cref="Films.Place.Closed"/>).
    /// </summary>
    public ImmutableArray<string> Bars { get; init; } = [];

    /// <summary>Ids of facts that are true once it has been told.</summary>
    public ImmutableArray<string> Sets { get; init; } = [];

    /// <summary>Promises to the audience that it opens (lower-case ids).</summary>
    public ImmutableArray<string> Opens { get; init; } = [];

    /// <summary>Promises that it pays.</summary>
    public ImmutableArray<string> Pays { get; init; } = [];

    /// <summary>What is told, in order; speakers are equal in every language.</summary>
    public required ImmutableArray<StoryletLine> Lines { get; init; }

    /// <summary>The question above the options; <see langword="null"/> for an ending.</summary>
    public Text? Question { get; init; }

    /// <summary>Two to four options; empty for an ending.</summary>
    public ImmutableArray<StoryletOption> Options { get; init; } = [];

    /// <summary>Whether the film ends with it.</summary>
    public bool IsEnding => Function == BeatFunction.Resolution;
}

/// <summary>A line of a storylet.</summary>
/// <param name="Speaker">A character's id, or <see langword="null"/> for narration.</param>
/// <param name="Words">What is said.</param>
/// <param name="When">When it is told; <see langword="null"/> is always.</param>
public sealed record StoryletLine(string? Speaker, Text Words, LineCondition? When = null);

/// <summary>A hinge line is told only when a fact is true, or only when it is not.</summary>
/// <param name="Fact">The fact's id.</param>
/// <param name="Holds">Whether it must be true.</param>
public sealed record LineCondition(string Fact, bool Holds);

/// <summary>A way on that the audience may choose.</summary>
/// <param name="Label">At most 60 characters in any language.</param>
/// <param name="Sets">Ids of facts that become true when it wins.</param>
public sealed record StoryletOption(Text Label, ImmutableArray<string> Sets)
{
    /// <summary>Ids of facts without which it is not offered.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>Ids of facts with which it is not offered.</summary>
    public ImmutableArray<string> Bars { get; init; } = [];

    /// <summary>Ids of the characters whose side it takes.</summary>
    public ImmutableArray<string> For { get; init; } = [];
}

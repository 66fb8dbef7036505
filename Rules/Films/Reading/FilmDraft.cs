using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Something declared in <c>film.yaml</c>; its parts are missing where they could not be read.</summary>
internal sealed record Declared<T>(Named Id, T? Value)
    where T : class;

/// <summary>A fact that takes a character away or closes a place.</summary>
/// <param name="Owner">The character's or place's id.</param>
/// <param name="Fact">The fact.</param>
internal readonly record struct EndedBy(string Owner, Named Fact);

/// <summary>
/// What has been read so far. A list that is <see langword="null"/> could not be read, so that nothing is said about
/// references into it; an item that could not be read keeps its id for the same reason.
/// </summary>
internal sealed class FilmDraft
{
    public Spot At { get; set; } = new("film.yaml", 1, 1);

    public string? Slug { get; set; }

    public ImmutableArray<string> Languages { get; set; } = [];

    public Text? Title { get; set; }

    public Text? Logline { get; set; }

    public string? Rating { get; set; }

    /// <summary>The rating of storylets that have none; <see langword="null"/> where the film has one rating only.</summary>
    public string? Mildest { get; set; }

    public Spot? RatingAt { get; set; }

    /// <summary>The ratings at which it can be told.</summary>
    public ImmutableArray<FilmCut> Cuts { get; set; } = [];

    public RunningTimes? Minutes { get; set; }

    public Spot? MinutesAt { get; set; }

    public TieRule Ties { get; set; }

    public List<Declared<Character>>? Cast { get; set; }

    public List<Declared<Place>>? Places { get; set; }

    /// <summary><see langword="null"/> where the film does not describe its promises.</summary>
    public List<Declared<Promise>>? Promises { get; set; }

    /// <summary>Facts that take characters away.</summary>
    public List<EndedBy> Gone { get; } = [];

    /// <summary>Facts that close places.</summary>
    public List<EndedBy> Closed { get; } = [];

    public WarmUp? WarmUp { get; set; }

    public List<Declared<Fact>>? Facts { get; set; }

    public List<Declared<Act>>? Acts { get; set; }

    public List<StoryletDraft> Storylets { get; private set; } = [];

    /// <summary>Whether a storylet or its file could not be read, so that what is missing may be in it.</summary>
    public bool StoryletsAreIncomplete { get; set; }

    /// <summary>The same film with fewer storylets and other running times.</summary>
    public FilmDraft With(IEnumerable<StoryletDraft> storylets, RunningTimes minutes)
    {
        var other = (FilmDraft)MemberwiseClone();
        (other.Storylets, other.Minutes) = ([.. storylets], minutes);
        return other;
    }

    /// <summary>The film. Only for a draft without errors.</summary>
    public Film Compile(string hash) => new()
    {
        Ref = new FilmRef(Slug!, hash),
        Languages = Languages,
        Title = Title!,
        Logline = Logline!,
        Rating = Rating!,
        Mildest = Mildest,
        Cuts = Cuts,
        Minutes = Minutes!,
        Ties = Ties,
        Cast = [.. Cast!.Select(item => item.Value!)],
        Places = [.. Places!.Select(item => item.Value!)],
        Promises = [.. (Promises ?? []).Select(item => item.Value!)],
        WarmUp = WarmUp,
        Facts = [.. Facts!.Select(item => item.Value!)],
        Acts = [.. Acts!.Select(item => item.Value!)],
        Storylets = [.. Storylets.Select(storylet => storylet.Compile())],
    };
}

/// <summary>A storylet as far as it could be read, with the places of its references.</summary>
internal sealed class StoryletDraft
{
    public required Named Id { get; init; }

    public BeatFunction? Function { get; set; }

    public string? Rating { get; set; }

    public Spot? RatingAt { get; set; }

    public bool Opening { get; set; }

    public ImmutableArray<Named> Acts { get; set; } = [];

    public double? Tension { get; set; }

    public Named? Place { get; set; }

    public Text? Moment { get; set; }

    public string? Still { get; set; }

    /// <summary><see langword="null"/> when it could not be read.</summary>
    public ImmutableArray<Named>? Cast { get; set; }

    public ImmutableArray<Named> Needs { get; set; } = [];

    public ImmutableArray<Named> Bars { get; set; } = [];

    public ImmutableArray<Named> Sets { get; set; } = [];

    public ImmutableArray<Named> Opens { get; set; } = [];

    public ImmutableArray<Named> Pays { get; set; } = [];

    public ImmutableArray<StoryletLine> Lines { get; set; } = [];

    /// <summary>The facts that hinge lines ask for, in the original language.</summary>
    public ImmutableArray<Named> Hinges { get; set; } = [];

    public Text? Question { get; set; }

    public ImmutableArray<OptionDraft> Options { get; set; } = [];

    public bool IsEnding => Function == BeatFunction.Resolution;

    /// <summary>The facts it may leave behind, whichever option wins.</summary>
    public IEnumerable<Named> AllSets => Sets.Concat(Options.SelectMany(option => option.Sets));

    public Storylet Compile() => new()
    {
        Id = Id.Id,
        Function = Function!.Value,
        Rating = Rating,
        Opening = Opening,
        Acts = Plain(Acts),
        Tension = Tension!.Value,
        Place = Place!.Value.Id,
        Moment = Moment!,
        Still = Still,
        Cast = Plain(Cast!.Value),
        Needs = Plain(Needs),
        Bars = Plain(Bars),
        Sets = Plain(Sets),
        Opens = Plain(Opens),
        Pays = Plain(Pays),
        Lines = Lines,
        Question = Question,
        Options =
        [
            .. Options.Select(option => new StoryletOption(option.Label!, Plain(option.Sets))
            {
                Needs = Plain(option.Needs), Bars = Plain(option.Bars), For = Plain(option.For),
            }),
        ],
    };

    private static ImmutableArray<string> Plain(ImmutableArray<Named> ids) => [.. ids.Select(id => id.Id)];
}

/// <summary>An option as far as it could be read.</summary>
internal sealed record OptionDraft(Spot At, Text? Label, ImmutableArray<Named> Sets)
{
    public ImmutableArray<Named> Needs { get; init; } = [];

    public ImmutableArray<Named> Bars { get; init; } = [];

    public ImmutableArray<Named> For { get; init; } = [];
}

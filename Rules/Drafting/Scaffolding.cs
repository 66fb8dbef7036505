using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// The writer that is always there: authored sentences of a genre, filled from the premise and the wordings in force, drawn by
/// the premise's seed. The same draft, part and attempt give the same words on every machine.
/// </summary>
public static class Scaffolding
{
    private const int CastDraw = 10, NameDraw = 11, PlaceDraw = 12;

    private static readonly Text Logline = Both("{Thing}, four people, and what has been owed since {past}.", "{thing}，四个人，还有从{past}欠到今天的一笔账。");

    /// <summary>Proposes a wording for a part.</summary>
    /// <param name="draft">The draft; parts before this one should have a wording.</param>
    /// <param name="id">The part.</param>
    /// <param name="attempt">0 for the first wording, then 1, 2 … for others; <see langword="null"/> counts those that are there.</param>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    public static Proposal Propose(Draft draft, string id, int? attempt = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var part = draft.Find(id) ?? throw new ArgumentException($"The draft has no part '{id}'.", nameof(id));
        var n = attempt ?? part.Alternatives.Length;
        var languages = draft.Premise.Languages;
        return part.Kind switch
        {
            PartKind.Head => new Proposal(Head(new Cue(draft, withFilm: false), null, null), Proposal.Scaffold),
            PartKind.Cast => new Proposal(FilmYaml.Cast(Cast(new Cue(draft, withFilm: false), n), languages), Brought(draft)),
            PartKind.Places => new Proposal(FilmYaml.Places(Places(new Cue(draft, withFilm: false), n), languages), Brought(draft)),
            PartKind.Canon => new Proposal(Canon(new Cue(draft)), Proposal.Scaffold),
            PartKind.Acts => new Proposal(FilmYaml.Acts([.. Grammar.Of.Acts.Select(act => act with { Name = In(act.Name, languages) })], languages), Proposal.Scaffold),
            _ => new Proposal(FilmYaml.Storylet(Scenes.Of(new Cue(draft), part, n), languages), part.Beat >= 0 ? Proposal.Import : Proposal.Scaffold),
        };
    }

    /// <summary>Proposes for every part that has no wording, in order.</summary>
    public static Draft Fill(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        foreach (var id in draft.Parts.Where(part => part.Current is null).Select(part => part.Id).ToList())
            draft = DraftFold.Propose(draft, id, Propose(draft, id)).Draft;
        return draft;
    }

    /// <summary>
    /// After the cast, the places or the canon changed: what this writer proposed and nobody accepted is worded anew, so that it speaks of
    /// those who are there now. What a person accepted stays.
    /// </summary>
    public static Draft Refresh(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        foreach (var part in draft.Parts.Where(part => part.State == PartState.Proposed && part.Kind is PartKind.Canon or PartKind.Storylet && part.Current is { By: Proposal.Scaffold or Proposal.Import }).ToList())
        {
            var fresh = Propose(draft, part.Id, part.Chosen);
            draft = DraftFold.Put(draft, part with { Alternatives = part.Alternatives.SetItem(part.Chosen, fresh) });
        }

        return draft;
    }

    private static string Brought(Draft draft) => draft.Premise.Source is null ? Proposal.Scaffold : Proposal.Import;

    /// <summary>Title and logline.</summary>
    internal static (Text Title, Text Logline) Heading(Cue cue)
    {
        var premise = cue.Draft.Premise;
        var logline = Values.Of([.. cue.Languages.Select(language => new Wording(language, language == premise.Spoken
            ? Prose.Cut(premise.Words, FilmLimits.Logline.In(language))
            : cue.Fill(Logline.In(language), language)))]);
        return (Values.Of([.. cue.Languages.Select(language => new Wording(language, premise.Title))]), logline);
    }

    /// <summary>The head with these words, or its own.</summary>
    internal static string Head(Cue cue, Text? title, Text? logline)
    {
        var own = Heading(cue);
        var warmup = new WarmUp(cue.Fill(cue.Genre.WarmUp.Question, FilmLimits.Question), [.. cue.Genre.WarmUp.Options.Select(option => cue.Fill(option, FilmLimits.Label))]);
        return FilmYaml.Head(cue.Draft.Slug, cue.Languages, title ?? own.Title, logline ?? own.Logline, cue.Genre.Rating, warmup);
    }

    /// <summary>Who was brought along, then whom the premise names, then the genre's own; four at least, the genre's lead first.</summary>
    internal static ImmutableArray<Character> Cast(Cue cue, int attempt)
    {
        var seed = Seeds.For(Seeds.For(cue.Draft.Premise.Seed, CastDraw), attempt);
        var archetypes = cue.Genre.Cast.Skip(1).OrderBy(one => Seeds.Fraction(Seeds.For(seed, Draws.Of(one.Character.Id)))).Prepend(cue.Genre.Cast[0]).ToImmutableArray();
        var brought = (cue.Draft.Premise.Source?.Cast ?? []).Take(8).ToImmutableArray();
        var named = brought.IsEmpty ? Found.Of(cue.Draft.Premise).Names : brought;
        var cast = ImmutableArray.CreateBuilder<Character>();
        for (var i = 0; i < Math.Max(4, brought.Length); i++)
        {
            var archetype = archetypes[i % archetypes.Length];
            var own = i < named.Length ? named[i] : null;
            var id = i < brought.Length ? Unique(Beginning.SlugOf(own!), cast) : archetype.Character.Id;
            var name = own is null ? Name(cue, archetype, attempt) : Values.Of([.. cue.Languages.Select(language => new Wording(language, Prose.Cut(own, FilmLimits.Name.In(language))))]);
            var one = archetype.Character;
            cast.Add(new Character(id, name, In(one.Want, cue.Languages), In(one.Fear, cue.Languages), In(one.Voice, cue.Languages), In(one.Secret, cue.Languages))
            {
                // Somebody brought along is nobody of ours: the last word on them is their writer's.
                Epilogue = i < brought.Length ? null : In(one.Epilogue!, cue.Languages),
            });
        }

        return cast.ToImmutable();
    }

    private static string Unique(string id, ImmutableArray<Character>.Builder cast)
    {
        var wanted = id.StartsWith("film-", StringComparison.Ordinal) ? $"role-{cast.Count + 1}" : id;
        return cast.Any(other => other.Id == wanted) ? $"{wanted[..Math.Min(wanted.Length, 36)].TrimEnd('-')}-{cast.Count + 1}" : wanted;
    }

    private static Text Name(Cue cue, Archetype archetype, int attempt)
    {
        var names = cue.Languages[0] == "zh" ? archetype.ChineseNames : archetype.Names;
        var first = Seeds.Below(Seeds.For(Seeds.For(cue.Draft.Premise.Seed, NameDraw), Draws.Of(archetype.Character.Id)), names.Length);
        return In(names[(first + attempt) % names.Length], cue.Languages);
    }

    /// <summary>Scenes' places, then the premise's, then the genre's own; four at least.</summary>
    internal static ImmutableArray<Place> Places(Cue cue, int attempt)
    {
        var own = cue.Genre.Places;
        var seed = Seeds.For(Seeds.For(cue.Draft.Premise.Seed, PlaceDraw), attempt);
        var order = own.OrderBy(place => Seeds.Fraction(Seeds.For(seed, Draws.Of(place.Id)))).ToImmutableArray();
        var brought = Scenes.Places(cue.Draft.Premise.Source).Take(12).ToImmutableArray();
        var named = brought.IsEmpty ? [.. Found.Of(cue.Draft.Premise).Places.Select(place => (place.Id, place.Name))] : brought;
        var places = ImmutableArray.CreateBuilder<Place>();
        for (var i = 0; i < Math.Max(4, named.Length); i++)
        {
            var look = order[i % order.Length];
            var place = i < named.Length ? look with { Id = named[i].Id, Name = named[i].Name } : look;
            places.Add(place with { Name = In(place.Name, cue.Languages), Sound = In(place.Sound, cue.Languages) });
        }

        return places.ToImmutable();
    }

    private static string Canon(Cue cue)
    {
        var (promises, facts) = Statements(cue);
        return FilmYaml.Canon(promises, facts, cue.Languages);
    }

    /// <summary>Promises and facts.</summary>
    internal static (ImmutableArray<Promise> Promises, ImmutableArray<Fact> Facts) Statements(Cue cue) => (
        [.. Grammar.Of.Promises.Select(promise => promise with { Statement = cue.Fill(promise.Statement, FilmLimits.Statement) })],
        [.. Grammar.Of.Facts.Select(fact => fact with { Statement = cue.Fill(fact.Statement, FilmLimits.Statement) })]);

    private static Text In(Text text, ImmutableArray<string> languages) => Values.Of([.. languages.Select(language => new Wording(language, text.In(language)))]);
}

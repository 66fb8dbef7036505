using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>All that a scaffold's sentence may point at, taken from the wordings that are in force.</summary>
internal sealed class Cue
{
    /// <summary>Purposes of the draws, so that none moves another.</summary>
    private const int ThingDraw = 1, SignDraw = 2, DangerDraw = 3, PastDraw = 4, AirDraw = 5;

    private readonly ImmutableDictionary<string, Words> blanks;
    private readonly ImmutableArray<Archetype> archetypes;

    public Cue(Draft draft, bool withFilm = true)
    {
        Draft = draft;
        Genre = Grammar.Of.Genres.First(genre => genre.Id == draft.Genre);
        Declared = withFilm ? DraftFiles.Declared(draft) : new FilmDraft();
        Cast = [.. (Declared.Cast ?? []).Where(one => one.Value is not null).Select(one => one.Value!)];
        Places = [.. (Declared.Places ?? []).Select(place => place.Id.Id)];
        Acts = Declared.Acts is { Count: >= 3 } acts ? [.. acts.Select(act => act.Id.Id)] : [.. Grammar.Of.Acts.Select(act => act.Id)];
        archetypes = Archetypes(Cast, Genre);
        var premise = Found.Of(draft.Premise);
        var named = ImmutableDictionary.CreateBuilder<string, Words>(StringComparer.Ordinal);
        named["thing"] = premise.Thing ?? Pick(Genre.Things, ThingDraw);
        named["sign"] = Pick(Genre.Signs, SignDraw);
        named["danger"] = Pick(Genre.Dangers, DangerDraw);
        named["past"] = Pick(Genre.Pasts, PastDraw);
        for (var role = 0; role < 4; role++)
            named[((char)('a' + role)).ToString()] = Cast.Length > 0 ? Cast[role % Cast.Length].Name : Words.Both("?", "？");
        blanks = named.ToImmutable();
    }

    public Draft Draft { get; }

    public Genre Genre { get; }

    public FilmDraft Declared { get; }

    public ImmutableArray<Character> Cast { get; }

    public ImmutableArray<string> Places { get; }

    public ImmutableArray<string> Acts { get; }

    public ImmutableArray<string> Languages => Draft.Premise.Languages;

    /// <summary>The character who has a role.</summary>
    public Character Role(string role) => Cast[(role[0] - 'a') % Cast.Length];

    /// <summary>What somebody in a role says.</summary>
    public Words? Says(string role, string what) => archetypes[(role[0] - 'a') % Cast.Length].Says.GetValueOrDefault(what);

    /// <summary>The air of the scene that asks for it as number <paramref name="n"/>; no two scenes get the same.</summary>
    public Words Air(int n) => Genre.Air[(n + Seeds.Below(Seeds.For(Draft.Premise.Seed, AirDraw), Genre.Air.Length)) % Genre.Air.Length];

    /// <summary>One of a list, the same all through the draft.</summary>
    public Words Pick(ImmutableArray<Words> list, int purpose) => list[Seeds.Below(Seeds.For(Draft.Premise.Seed, purpose), list.Length)];

    /// <summary>A text with its blanks filled, in the draft's languages, each no longer than <paramref name="limit"/>.</summary>
    public Words Fill(Words template, WordingLimit limit) =>
        Values.Of([.. Languages.Select(language => new Wording(language, Prose.Cut(Fill(template.In(language), language), limit.In(language))))]);

    /// <summary>A sentence with its blanks filled. <c>{Thing}</c> begins with a capital, and so does every sentence.</summary>
    public string Fill(string template, string language)
    {
        foreach (var (name, words) in blanks)
        {
            if (!template.Contains('{', StringComparison.Ordinal)) break;
            var said = words.In(language);
            template = template.Replace($"{{{name}}}", said, StringComparison.Ordinal);
            if (name.Length > 1) template = template.Replace($"{{{char.ToUpperInvariant(name[0])}{name[1..]}}}", Capital(said), StringComparison.Ordinal);
        }

        return Capital(template);
    }

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>Who is of the genre's own speaks as it has them; the others take turns at what is left.</summary>
    private static ImmutableArray<Archetype> Archetypes(ImmutableArray<Character> cast, Genre genre)
    {
        var left = genre.Cast.Where(archetype => cast.All(one => one.Id != archetype.Character.Id)).ToList();
        var next = 0;
        return [.. cast.Select(one => genre.Cast.FirstOrDefault(archetype => archetype.Character.Id == one.Id) ?? (left.Count > 0 ? left : [.. genre.Cast])[next++ % Math.Max(1, left.Count)])];
    }
}

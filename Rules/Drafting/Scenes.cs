using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Words the storylets of a scaffold, from its own sentences or from a scene that was brought along.</summary>
internal static class Scenes
{
    private const char Bar = '｜';

    /// <summary>The storylet of a part.</summary>
    public static Storylet Of(Cue cue, DraftPart part, int attempt)
    {
        var slot = Grammar.Of.Slots.First(slot => slot.Id == part.Slot);
        var variant = slot.Variants[(attempt + First(cue, slot)) % slot.Variants.Length];
        var scene = part.Beat >= 0 ? cue.Draft.Premise.Source!.Beats[part.Beat] : null;
        var own = part.Id == slot.Id;
        var lines = scene is null ? Rows(cue, slot, variant) : Pad(Brought(cue, scene), Rows(cue, slot, variant), cue);
        var cast = scene is null ? slot.Roles.Select(role => cue.Role(role).Id) : lines.Select(line => line.Speaker).OfType<string>();
        return new Storylet
        {
            Id = part.Id,
            Function = slot.Function,
            Acts = [.. slot.Acts.Select(act => cue.Acts[Math.Min(act, cue.Acts.Length) - 1]).Distinct(StringComparer.Ordinal)],
            Opening = slot.Opening && own,
            Tension = slot.Tension,
            Place = PlaceOf(cue, scene) ?? (cue.Places.IsEmpty ? "place" : cue.Places[(slot.Place - 1) % cue.Places.Length]),
            Moment = scene?.Moment is { } moment ? cue.Fill(Everywhere(moment), FilmLimits.Moment) : cue.Fill(variant.Moment, FilmLimits.Moment),
            Cast = [.. cast.Distinct(StringComparer.Ordinal)],
            Needs = slot.Needs,
            Bars = slot.Bars,
            Opens = own ? slot.Opens : [],
            Pays = slot.Pays,
            Lines = lines,
            Question = variant.Question is { } question ? cue.Fill(question, FilmLimits.Question) : null,
            Options = [.. slot.Options.Select((option, i) => new StoryletOption(cue.Fill(variant.Labels[i], FilmLimits.Label), option.Sets) { For = [.. option.For.Select(role => cue.Role(role).Id).Distinct(StringComparer.Ordinal)] })],
        };
    }

    /// <summary>The places of what was brought along, each once, with an id.</summary>
    public static ImmutableArray<(string Id, Words Name)> Places(Treatment? source)
    {
        var places = ImmutableArray.CreateBuilder<(string Id, Words Name)>();
        foreach (var name in (source?.Beats ?? []).Select(beat => beat.Place).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var slug = Beginning.SlugOf(name);
            var id = slug.StartsWith("film-", StringComparison.Ordinal) || places.Any(other => other.Id == slug) ? $"place-{places.Count + 1}" : slug;
            var language = Premise.LanguageOf(name);
            places.Add((id, Everywhere(Prose.Cut(Title(name), FilmLimits.Name.In(language)))));
        }

        return places.ToImmutable();
    }

    /// <summary>Which wording comes first, so that two drafts of a genre do not begin alike.</summary>
    private static int First(Cue cue, Slot slot) => Seeds.Below(Seeds.For(cue.Draft.Premise.Seed, Draws.Of(slot.Id)), slot.Variants.Length);

    private static ImmutableArray<StoryletLine> Rows(Cue cue, Slot slot, Variant variant)
    {
        var lines = ImmutableArray.CreateBuilder<StoryletLine>();
        for (var i = 0; i < variant.En.Length; i++)
        {
            var speaker = Speaker(variant.En[i]);
            var id = speaker is null ? null : cue.Role(speaker).Id;
            lines.Add(new StoryletLine(id, Values.Of([.. cue.Languages.Select(language => new Wording(language, Row(cue, slot, language == "zh" ? variant.Zh[i] : variant.En[i], speaker, language)))])));
        }

        return lines.ToImmutable();
    }

    private static string? Speaker(string row) => row.Length > 1 && row[1] == Bar ? row[..1] : null;

    private static string Row(Cue cue, Slot slot, string row, string? speaker, string language)
    {
        var words = speaker is null ? row : row[2..];
        if (words.StartsWith('^'))
        {
            var sentence = words[1] - '1';
            var (spoken, own) = (cue.Draft.Premise.Spoken == language, cue.Draft.Premise.Sentences);
            words = spoken && cue.Draft.Premise.Source is null && sentence < own.Length ? Plain(own[sentence]) : words[3..];
        }
        else if (words.StartsWith('~')) words = cue.Air(AirOf(slot)).In(language);
        if (speaker is not null)
        {
            foreach (var what in new[] { "ask", "dodge", "truth", "threat", "soft" })
            {
                if (words.Contains($"{{{what}}}", StringComparison.Ordinal) && cue.Says(speaker, what) is { } said)
                    words = words.Replace($"{{{what}}}", said.In(language), StringComparison.Ordinal);
            }
        }

        return Prose.Cut(Prose.Line(cue.Fill(words, language), [.. cue.Cast.Select(one => one.Id)]), FilmLimits.Line.In(language));
    }

    /// <summary>Braces in a person's words are no blanks.</summary>
    private static string Plain(string words) => words.Replace('{', '(').Replace('}', ')');

    private static int AirOf(Slot slot) => Grammar.Of.Slots.Where(other => other.Variants.Any(variant => variant.En.Any(row => row.StartsWith('~')))).TakeWhile(other => other.Id != slot.Id).Count();

    private static ImmutableArray<StoryletLine> Brought(Cue cue, TreatmentBeat scene)
    {
        var language = cue.Languages[0];
        var ids = cue.Cast.Select(one => one.Id).ToList();
        var lines = ImmutableArray.CreateBuilder<StoryletLine>();
        foreach (var line in scene.Lines)
        {
            var id = line.Speaker is null ? null : cue.Cast.FirstOrDefault(one => string.Equals(one.Name.In(language), Prose.Cut(line.Speaker, FilmLimits.Name.In(language)), StringComparison.OrdinalIgnoreCase))?.Id;
            var words = id is null && line.Speaker is { } stranger ? (language == "zh" ? $"{stranger}说：“{line.Words}”" : $"{stranger} says: \"{line.Words}\"") : line.Words;
            foreach (var piece in Prose.Lines(Prose.Line(words, ids), language))
            {
                if (Prose.Line(piece, ids) is { Length: > 0 } fit) lines.Add(new StoryletLine(id, Words.Of(language, fit)));
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>A scene that is over before the hall has looked up gets narration of the scaffold until it is long enough.</summary>
    private static ImmutableArray<StoryletLine> Pad(ImmutableArray<StoryletLine> brought, ImmutableArray<StoryletLine> rows, Cue cue)
    {
        var lines = brought.ToBuilder();
        foreach (var row in rows.Where(row => row.Speaker is null).Concat(rows.Where(row => row.Speaker is not null)))
        {
            if (cue.Languages.All(language => ReadingTime.Of(lines.Select(line => (line.Words.In(language), line.When)), language).Shortest >= FilmLimits.ShortestBeatSeconds)) break;
            lines.Add(row);
        }

        return lines.ToImmutable();
    }

    private static string? PlaceOf(Cue cue, TreatmentBeat? scene)
    {
        if (scene?.Place is not { } name) return null;
        var id = Places(cue.Draft.Premise.Source).FirstOrDefault(place => string.Equals(place.Name.Words, Prose.Cut(Title(name), FilmLimits.Name.In(Premise.LanguageOf(name))), StringComparison.OrdinalIgnoreCase)).Id;
        return id is not null && cue.Places.Contains(id) ? id : null;
    }

    /// <summary>HOTEL LOBBY as a wall shows it: Hotel lobby.</summary>
    private static string Title(string name) => name.Any(char.IsLower) || name.Length < 2 ? name : name[..1] + name[1..].ToLowerInvariant();

    private static Words Everywhere(string words) => new("en", Plain(words), [new Wording("zh", Plain(words))]);
}

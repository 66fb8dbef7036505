using System.Collections.Immutable;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A genre that drafts are written in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called; a premise whose genre has this name, in either language, is drafted in it.</param>
public sealed record DraftGenre(string Id, Text Name);

/// <summary>Begins a draft: which parts it has, and which scene of what was brought along goes where.</summary>
public static class Beginning
{
    /// <summary>A scene is told in one storylet up to here, seconds; what is longer becomes several.</summary>
    private const double LongestScene = 60;

    /// <summary>The genres, in the grammar's order.</summary>
    public static ImmutableArray<DraftGenre> Genres { get; } = [.. Grammar.Of.Genres.Select(genre => new DraftGenre(genre.Id, genre.Name))];

    /// <summary>A draft in which every part is open.</summary>
    /// <param name="premise">What it begins with.</param>
    /// <param name="slug">The film's slug, an id of the format; by the title when left out.</param>
    public static Draft Of(Premise premise, string? slug = null)
    {
        ArgumentNullException.ThrowIfNull(premise);
        var grammar = Grammar.Of;
        var source = premise.Source is { } brought ? brought with { Beats = Split(brought.Beats, premise.Languages[0]) } : null;
        premise = premise with { Source = source };
        var wish = premise.Genre.Length > 0 ? premise.Genre : premise.Words;
        var parts = ImmutableArray.CreateBuilder<DraftPart>();
        foreach (var kind in new[] { PartKind.Head, PartKind.Cast, PartKind.Places, PartKind.Canon, PartKind.Acts }) parts.Add(DraftPart.Of(kind.ToString().ToLowerInvariant(), kind));
        parts.AddRange(Storylets(grammar, source?.Beats.Length ?? 0));
        return new Draft(premise, slug ?? SlugOf(premise.Title), grammar.GenreOf(wish).Id, parts.ToImmutable()) { Notes = [.. Notes(premise, grammar, wish)] };
    }

    /// <summary>A title as a slug; a title without Latin letters gets a number of its own.</summary>
    public static string SlugOf(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (letter is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == FilmLimits.IdCharacters) break;
        }

        return slug.ToString().Trim('-') is { Length: > 0 } made ? made : $"film-{(ulong)Draws.Of(title) % 100_000}";
    }

    /// <summary>Each scene takes a free place of the scaffold, in order; scenes beyond those stand beside the place before them.</summary>
    private static IEnumerable<DraftPart> Storylets(Grammar grammar, int beats)
    {
        var free = grammar.Slots.Where(slot => slot.IsFree).OrderBy(slot => slot.Tension > 0 && slot.Function == Contracts.Films.BeatFunction.Resolution).Select(slot => slot.Id).ToImmutableArray();
        var told = Spread(beats, free.Length);
        foreach (var slot in grammar.Slots)
        {
            var place = free.IndexOf(slot.Id);
            var scenes = place < 0 ? [] : told[place];
            yield return Part(grammar, slot, slot.Id, scenes.IsEmpty ? -1 : scenes[0]);
            foreach (var extra in scenes.Skip(1)) yield return Part(grammar, slot, $"scene-{extra + 1}", extra);
        }
    }

    /// <summary>Which scenes take each of the free places: the first the opening, the last the ending, the one before it the climax.</summary>
    private static ImmutableArray<ImmutableArray<int>> Spread(int beats, int places)
    {
        var told = Enumerable.Range(0, places).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < beats; i++)
        {
            var at = beats <= places
                ? beats == 1 ? 0 : (int)Math.Round(i * (places - 1) / (double)(beats - 1), MidpointRounding.AwayFromZero)
                : i == 0 ? 0 : i >= beats - 2 ? places - (beats - i) : 1 + ((i - 1) * (places - 3) / (beats - 3));
            told[at].Add(i);
        }

        return [.. told.Select(scenes => scenes.ToImmutableArray())];
    }

    private static DraftPart Part(Grammar grammar, Slot slot, string id, int beat)
    {
        var act = slot.Acts[0];
        var file = slot.Function == Contracts.Films.BeatFunction.Resolution ? $"{grammar.Acts.Length + 1}-endings" : $"{act}-{grammar.Acts[act - 1].Id}";
        return DraftPart.Of(id, PartKind.Storylet) with { Slot = slot.Id, Beat = beat, File = file };
    }

    private static ImmutableArray<TreatmentBeat> Split(ImmutableArray<TreatmentBeat> beats, string language)
    {
        var split = ImmutableArray.CreateBuilder<TreatmentBeat>();
        foreach (var beat in beats)
        {
            var lines = beat.Lines.SelectMany(line => Prose.Lines(line.Words, language).Select(words => line with { Words = words })).ToList();
            var (piece, seconds) = (ImmutableArray.CreateBuilder<TreatmentLine>(), 0.0);
            foreach (var line in lines)
            {
                var takes = ReadingTime.Of(line.Words, language).TotalSeconds;
                if (piece.Count > 0 && (seconds + takes > LongestScene || piece.Count == 20))
                {
                    split.Add(beat with { Lines = piece.ToImmutable() });
                    piece.Clear();
                    seconds = 0;
                }

                piece.Add(line);
                seconds += takes;
            }

            if (piece.Count > 0) split.Add(beat with { Lines = piece.ToImmutable() });
        }

        return [.. split.Take(Treatment.MostBeats)];
    }

    private static IEnumerable<Text> Notes(Premise premise, Grammar grammar, string wish)
    {
        yield return Both(
            "This is a scaffold: its shape can be told in a hall, its words are there to be replaced. Begin with what is yours: the opening and the endings.",
            "这只是脚手架：骨架可以在影院里讲，词句等着您来换。先写最像您自己的：开场和结局。");
        if (!grammar.Genres.Any(genre => genre.Words.Any(word => wish.Contains(word, StringComparison.OrdinalIgnoreCase))))
        {
            var known = grammar.Genres.Select(genre => genre.Name);
            yield return Both(
                $"There is no genre '{premise.Genre}' here; it is drafted as {grammar.Genres[0].Name.In("en").ToLowerInvariant()}. Known: {string.Join(", ", known.Select(name => name.In("en").ToLowerInvariant()))}.",
                $"这里没有“{premise.Genre}”这个类型，先按{grammar.Genres[0].Name.In("zh")}起草。可选：{string.Join("、", known.Select(name => name.In("zh")))}。");
        }

        if (premise.Source is { LeftOut: > 0 and var left })
            yield return Both($"{left} scenes at the end were left out: more than {Treatment.MostBeats} are not drafted.", $"末尾有 {left} 场没有收进来：最多起草 {Treatment.MostBeats} 场。");
    }
}

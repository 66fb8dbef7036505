using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films.Audit;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a draft begins with, as the page sends it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Genre">In the person's words.</param>
/// <param name="Premise">About three sentences.</param>
/// <param name="Languages">The film's languages, the original first.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Text">A treatment or screenplay that is brought along.</param>
/// <param name="Name">Its file name.</param>
internal sealed record BeginDraft(string? Title, string? Genre, string? Premise, ImmutableArray<string>? Languages, long Seed = 1, string? Text = null, string? Name = null);

/// <summary>What a person does with a part.</summary>
/// <param name="Action">accept, another, reject, choose, replace or all.</param>
/// <param name="Alternative">For choose: which wording.</param>
/// <param name="Content">For replace: the part's text.</param>
/// <param name="Seen">
/// The mark of what the person was looking at, the part's or for <c>all</c> the draft's; when it is another by now, nothing happens.
/// Left out, whatever is there is meant.
/// </param>
internal sealed record DraftAction(string? Action, int Alternative = -1, string? Content = null, string? Seen = null);

/// <summary>A piece of advice as the page shows it.</summary>
internal sealed record AdviceCard(string Kind, bool Must, string? Part, Text What, Text Mend);

/// <summary>What 200 audiences saw, and the mark of the draft that they were told.</summary>
internal sealed record AdviceSheet(
    bool IsFilm, bool IsReady, int Shows, int ShortestMinutes, int LongestMinutes, ImmutableArray<Reach> Endings, ImmutableArray<AdviceCard> Advice, string Mark);

/// <summary>A part, and what it looks like now.</summary>
internal sealed record DraftPartCard(string Id, PartKind Kind, PartState State, ImmutableArray<Proposal> Alternatives, int Chosen, int Beat, string File, string Mark);

/// <summary>Whether the house has a film of a draft's name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InHouse>))]
internal enum InHouse
{
    /// <summary>It has none.</summary>
    No,

    /// <summary>It has this very film.</summary>
    Same,

    /// <summary>It has a film of that name with other words: the draft was changed since, or the film was, or it is another film.</summary>
    Other,
}

/// <summary>A draft without what was brought along, which the page has already. Its mark is another one whenever anything in it is.</summary>
internal sealed record DraftCard(
    string Slug, string Genre, Text Title, ImmutableArray<string> Languages, ImmutableArray<Text> Notes, ImmutableArray<DraftPartCard> Parts, string Mark, InHouse InHouse);

/// <summary>One row of the list of drafts. It has no title when what is kept cannot be read any more.</summary>
internal sealed record DraftRow(string Slug, Text? Title, string Genre, ImmutableArray<string> Languages, int Parts, int Accepted, long ChangedMs);

/// <summary>What the page with the drafts shows first.</summary>
/// <param name="Drafts">The last changed one first.</param>
/// <param name="Genres">What a draft may be.</param>
/// <param name="Model">The model that writes, or <see langword="null"/> where the scaffold does.</param>
/// <param name="Most">How many drafts are kept.</param>
internal sealed record DraftList(ImmutableArray<DraftRow> Drafts, ImmutableArray<DraftGenre> Genres, string? Model, int Most);

/// <summary>Drafts as the page reads them.</summary>
internal static class DraftCards
{
    /// <summary>The card.</summary>
    public static DraftCard Of(Draft draft, IFilmHouse? house)
    {
        var parts = draft.Parts.Select(part => new DraftPartCard(part.Id, part.Kind, part.State, part.Alternatives, part.Chosen, part.Beat, part.File, Mark(part))).ToImmutableArray();
        var there = house?.Has(draft.Slug) != true ? InHouse.No : house.Has(draft.Slug, DraftFiles.Write(draft).Sources) ? InHouse.Same : InHouse.Other;
        return new DraftCard(draft.Slug, draft.Genre, Text.Of(draft.Premise.Spoken, draft.Premise.Title), draft.Premise.Languages, draft.Notes, parts, Mark(draft), there);
    }

    /// <summary>Changes with everything a person sees of a part.</summary>
    public static string Mark(DraftPart part) =>
        Hash($"{part.State} {part.Chosen}\n{string.Join('\0', part.Alternatives.Select(one => one.Content))}");

    /// <summary>Changes with every part.</summary>
    public static string Mark(Draft draft) => Hash(string.Join(' ', draft.Parts.Select(part => $"{part.Id} {Mark(part)}")));

    private static string Hash(string words) => Fnv.Hash64(Encoding.UTF8.GetBytes(words)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

using System.Collections.Frozen;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>A recording as one language tells it: plain words, names instead of ids. What all text formats share.</summary>
/// <param name="recording">The show.</param>
/// <param name="language">BCP 47 tag; words that do not exist in it stay in their original language.</param>
internal sealed class Telling(Recording recording, string language)
{
    private static readonly Text CutTo = Text.Both("CUT TO:", "切至：");
    private static readonly Text FadeIn = Text.Both("FADE IN:", "淡入：");
    private static readonly Text FadeOut = Text.Both("FADE OUT.", "淡出。");
    private static readonly Text Interactive = Text.Both("as the hall chose it", "由全场观众选择");
    private static readonly Text Unwritten = Text.Both("Nobody had written this road.", "这条路没有人写过。");
    private static readonly Text Back = Text.Both("The hall did not go this way. Back.", "全场没有走这条路。返回。");

    private readonly FrozenDictionary<string, Text> cast = Names(recording.Cast);
    private readonly FrozenDictionary<string, Text> acts = Names(recording.Acts);

    /// <summary>The film's title.</summary>
    public string Title => Of(recording.Film.Title);

    /// <summary>The transition between beats.</summary>
    public string Cut => CutTo.In(language);

    /// <summary>The transition at the beginning.</summary>
    public string Open => FadeIn.In(language);

    /// <summary>The transition at the end.</summary>
    public string Close => FadeOut.In(language);

    /// <summary>What stands under the title.</summary>
    public string Credit => Interactive.In(language);

    /// <summary>What stands on a road that nobody had written.</summary>
    public string NoRoad => Unwritten.In(language);

    /// <summary>What leads back from a road not taken.</summary>
    public string WayBack => Back.In(language);

    /// <summary>When the show started, as <c>2026-01-17 20:00 UTC</c>.</summary>
    public string Date => string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(recording.StartedMs):yyyy-MM-dd HH:mm} UTC");

    /// <summary>The words on one line.</summary>
    public string Of(Text text) => PlainWords.Of(text.In(language));

    /// <summary>The speaker's name, or <see langword="null"/> for narration.</summary>
    public string? Speaker(RecordedLine line) => line.Speaker is { } id ? PlainWords.Of(cast.TryGetValue(id, out var name) ? name.In(language) : id) : null;

    /// <summary>The act's title.</summary>
    public string Act(RecordedBeat beat) => PlainWords.Of(acts.TryGetValue(beat.Act, out var name) ? name.In(language) : beat.Act);

    /// <summary>Place and time of day.</summary>
    public string Scene(Text place, Text moment) => $"{Of(place)} - {Of(moment)}";

    /// <summary>What the hall was asked and what it said, in one sentence.</summary>
    public string Ballot(RecordedVote vote)
    {
        var options = vote.Choice.Options.Select((_, i) => $"{Letter(i)} {Option(vote, i)}").ToList();
        var (question, verdict) = (Of(vote.Choice.Question), Verdict(vote));
        return Text.Both($"{question} {string.Join("; ", options)}. {verdict}", $"{question}{string.Join("；", options)}。{verdict}").In(language);
    }

    /// <summary>Which option won and why, and what the house made of it.</summary>
    public string Verdict(RecordedVote vote)
    {
        var hall = Text.Both($"{Letter(vote.Choice.Winner)} it is. {Of(vote.Why)}", $"结果是 {Letter(vote.Choice.Winner)}。{Of(vote.Why)}").In(language);
        return vote.Choice.Overruled switch
        {
            null => hall,
            { Taken: { } taken, Reason: var reason } => Text.Both(
                $"{hall} The house decided otherwise, for {Letter(taken)}: {PlainWords.Of(reason)}", $"{hall}影院另作决定，改为 {Letter(taken)}：{PlainWords.Of(reason)}").In(language),
            { Reason: var reason } => Text.Both(
                $"{hall} The vote was held again: {PlainWords.Of(reason)}", $"{hall}此后重新投票：{PlainWords.Of(reason)}").In(language),
        };
    }

    /// <summary>The mark of a line that a director wrote.</summary>
    public string ByDirector { get; } = Text.Both("The director wrote this line during the show.", "此句为导演现场所写。").In(language);

    /// <summary>Where an option would have led, or <see langword="null"/> where nobody had written that.</summary>
    public string? Road(RecordedVote vote, int option)
    {
        if (vote.Choice.Roads.IsDefault || option >= vote.Choice.Roads.Length || vote.Choice.Roads[option] is not { } road) return null;
        var said = road.Speaker is null ? Of(road.Words) : Said(Of(road.Speaker), Of(road.Words));
        return Text.Both($"{Scene(road.Place, road.Moment)}. {said}", $"{Scene(road.Place, road.Moment)}。{said}").In(language);
    }

    /// <summary>What a road not taken is called.</summary>
    public string NotTaken(int option) => Text.Both($"The road not taken, {Letter(option)}", $"未走之路 {Letter(option)}").In(language);

    /// <summary>The letter that wall and phones show an option under.</summary>
    public static string Letter(int option) => ((char)('A' + option)).ToString();

    /// <summary>An option's label and how many votes it had.</summary>
    public string Option(RecordedVote vote, int option)
    {
        var (label, votes) = (Of(vote.Choice.Options[option]), vote.Choice.Counts[option].ToString(CultureInfo.InvariantCulture));
        return (vote.Choice.Turn is { } turn && turn.Option == option
            ? turn.ByDirector
                ? Text.Both($"{label} (from the audience, worded by the director; {votes})", $"{label}（观众提议，导演改写；{votes} 票）")
                : Text.Both($"{label} (from the audience; {votes})", $"{label}（观众提议；{votes} 票）")
            : Text.Both($"{label} ({votes})", $"{label}（{votes} 票）")).In(language);
    }

    /// <summary>Words with what stands before their colon: a speaker, an act.</summary>
    public string Said(string before, string words) => Text.Both($"{before}: {words}", $"{before}：{words}").In(language);

    private static FrozenDictionary<string, Text> Names(IEnumerable<RecordedName> names) =>
        names.DistinctBy(one => one.Id).ToFrozenDictionary(one => one.Id, one => one.Name, StringComparer.Ordinal);
}

using System.Collections.Immutable;
using Orleans.Story.Contracts;
using YamlDotNet.Core;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>
/// Reads the lines of a storylet: per language one block, per text line one aired line, <c>speaker｜words</c> or
/// narration. Problems point at the very line.
/// </summary>
internal sealed class ScreenplayReader(FilmSource file, FilmDraft draft, Values values)
{
    private static readonly char[] Separators = ['｜', '|'];

    private readonly string[] source = file.Content.Split('\n');

    private sealed record Spoken(Spot At, string? Speaker, string Words, LineCondition? When = null);

    private ProblemList Problems => values.Problems;

    public ImmutableArray<StoryletLine> Read(Node node, StoryletDraft storylet)
    {
        if (draft.Languages.IsEmpty || MapReader.Of(node, "lines", draft.Languages, Problems) is not { } map) return [];
        var blocks = new List<List<Spoken>?>();
        foreach (var language in draft.Languages)
        {
            var block = map.Required(language) is { } value ? Block(value, language, storylet) : null;
            if (block is not null) CheckLength(block, language, storylet);
            blocks.Add(block);
        }

        var first = blocks[0];
        if (first is null) return [];
        var alike = true;
        for (var i = 1; i < blocks.Count; i++) alike &= blocks[i] is { } block && Alike(first, block, i);
        if (!alike) return [];
        CheckHinges(first, storylet);
        return
        [
            .. first.Select((line, n) => new StoryletLine(
                line.Speaker,
                Values.Of([.. draft.Languages.Select((language, i) => new Wording(language, blocks[i]![n].Words))]),
                line.When)),
        ];
    }

    private List<Spoken>? Block(Node node, string language, StoryletDraft storylet)
    {
        if (node is not ScalarNode { Style: ScalarStyle.Literal } block)
        {
            Problems.Error(node.At, $"the lines in {language} must be a block", $"Write \"{language}: |\" and each aired line on a line of its own below.");
            return null;
        }

        var lines = new List<Spoken>();
        var written = block.Value.Split('\n');
        for (var i = 0; i < written.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(written[i])) continue;
            var row = block.At.Line + i;
            var column = row < source.Length ? source[row].Length - source[row].TrimStart().Length : 0;
            var at = new Spot(block.At.File, row + 1, column + 1);
            var (when, line) = Hinge(written[i].Trim(), at);
            lines.Add(Line(line, at, language, storylet) with { When = when });
        }

        if (lines.Count > 0) return lines;
        Problems.Error(node.At, $"there are no lines in {language}", "Write each aired line on a line of its own.");
        return null;
    }

    /// <summary><c>[if fact]</c> or <c>[if not fact]</c> before a line.</summary>
    private (LineCondition? When, string Line) Hinge(string line, Spot at)
    {
        if (!line.StartsWith("[if ", StringComparison.Ordinal)) return (null, line);
        var end = line.IndexOf(']', StringComparison.Ordinal);
        var words = end < 0 ? [] : line[4..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var fact] && Values.IsId(fact)) return (new LineCondition(fact, true), line[(end + 1)..].Trim());
        if (words is ["not", var other] && Values.IsId(other)) return (new LineCondition(other, false), line[(end + 1)..].Trim());
        Problems.Error(at, "this condition cannot be read", "Write [if fact] or [if not fact] before the line.");
        return (null, line);
    }

    /// <summary>Hinge lines ask for facts that the storylet itself leaves open, and most of it is always told.</summary>
    private void CheckHinges(List<Spoken> lines, StoryletDraft storylet)
    {
        var hinges = lines.FindAll(line => line.When is not null);
        storylet.Hinges = [.. hinges.Select(line => new Named(line.When!.Fact, line.At))];
        foreach (var hinge in storylet.Hinges.Where(hinge => storylet.Needs.Concat(storylet.Bars).Any(known => known.Id == hinge.Id)))
            Problems.Error(hinge.At, $"needs or bars of {storylet.Id.Id} settle {hinge.Id} already", "Delete the condition, or the line that can never be told.");
        if (hinges.Count * FilmLimits.LinesPerHinge > lines.Count)
            Problems.Error(hinges[0].At, $"{hinges.Count} of {lines.Count} lines of {storylet.Id.Id} hinge on facts", "Keep at most a third; beyond that write two storylets.");
    }

    private Spoken Line(string line, Spot at, string language, StoryletDraft storylet)
    {
        if (line.StartsWith('#'))
            Problems.Error(at, "this line would be aired: a block has no comments", "Move the comment out of the block or delete it.");
        var cut = line.IndexOfAny(Separators);
        if (cut < 0)
        {
            if (BeforeColon(line) is { } meant)
            {
                Problems.Error(at, $"{meant} is followed by a colon", $"Write {meant}｜ with a bar.");
                return new Spoken(at, meant, line);
            }

            values.Fits(line, at, "the line", FilmLimits.Line.In(language));
            return new Spoken(at, null, line);
        }

        var (speaker, words) = (line[..cut].Trim(), line[(cut + 1)..].Trim());
        if (words.Length == 0) Problems.Error(at, "nothing is said on this line", "Write words after the bar or delete the line.");
        CheckSpeaker(speaker, at, storylet);
        values.Fits(words, at, "the line", FilmLimits.Line.In(language));
        return new Spoken(at, speaker, words);
    }

    private void CheckSpeaker(string speaker, Spot at, StoryletDraft storylet)
    {
        if (draft.Cast is not { } cast) return;
        if (cast.TrueForAll(character => character.Id.Id != speaker))
            Problems.Error(at, $"the speaker \"{speaker}\" is not in the cast", Nearest.Mend(speaker, [.. cast.Select(character => character.Id.Id)]));
        else if (storylet.Cast is { } present && present.All(character => IsInCast(character.Id) && character.Id != speaker))
            Problems.Error(at, $"{speaker} speaks but is not in the cast of {storylet.Id.Id}", $"Add {speaker} to its cast, or give the line to someone who is there.");
    }

    /// <summary>A colon after a character's id is a slip of the hand that would be aired as narration.</summary>
    private string? BeforeColon(string line)
    {
        var cut = line.IndexOfAny([':', '：']);
        return cut > 0 && IsInCast(line[..cut].Trim()) ? line[..cut].Trim() : null;
    }

    private bool IsInCast(string speaker) => draft.Cast?.Exists(character => character.Id.Id == speaker) ?? true;

    private bool Alike(List<Spoken> first, List<Spoken> other, int language)
    {
        var (original, tag) = (draft.Languages[0], draft.Languages[language]);
        for (var i = 0; i < Math.Min(first.Count, other.Count); i++)
        {
            if (first[i].When != other[i].When)
            {
                Problems.Error(other[i].At, $"line {i + 1} hinges on another condition in {tag} than in {original} (line {first[i].At.Line} of this file)", "Give the line the same condition in every language.");
                return false;
            }

            if (first[i].Speaker == other[i].Speaker || IsMisspelt(first[i]) || IsMisspelt(other[i])) continue;
            Problems.Error(
                other[i].At,
                $"line {i + 1} is {Said(other[i])} in {tag}, but {Said(first[i])} in {original} (line {first[i].At.Line} of this file)",
                "Give the line the same speaker in every language.");
            return false;
        }

        if (first.Count == other.Count) return true;
        var (longer, more, less) = first.Count > other.Count ? (first, original, tag) : (other, tag, original);
        Problems.Error(
            longer[Math.Min(first.Count, other.Count)].At,
            $"from here on {more} has lines that {less} has not ({original} has {first.Count}, {tag} has {other.Count})",
            $"Write the missing ones in {less}, or delete these.");
        return false;
    }

    /// <summary>Its speaker was reported already.</summary>
    private bool IsMisspelt(Spoken line) => line.Speaker is { } speaker && !IsInCast(speaker);

    private static string Said(Spoken line) => line.Speaker is { } speaker ? $"said by {speaker}" : "narration";

    private void CheckLength(List<Spoken> block, string language, StoryletDraft storylet)
    {
        var seconds = block.Sum(line => ReadingTime.Of(line.Words, language).TotalSeconds);
        if (seconds is >= FilmLimits.ShortestBeatSeconds and <= FilmLimits.LongestBeatSeconds) return;
        Problems.Error(
            block[0].At,
            FormattableString.Invariant($"the lines of {storylet.Id.Id} take {seconds:0.0} s to read in {language}"),
            FormattableString.Invariant($"A beat takes {FilmLimits.ShortestBeatSeconds} to {FilmLimits.LongestBeatSeconds} s; {(seconds < FilmLimits.ShortestBeatSeconds ? "write more" : "cut, or make two of it")}."));
    }
}

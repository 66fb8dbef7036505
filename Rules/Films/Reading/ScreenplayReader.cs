using System.Collections.Immutable;
using Orleans.Story.Contracts;
using YamlDotNet.Core;
using static System.FormattableString;
using static Orleans.Story.Contracts.Text;

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
        if (draft.Languages.IsEmpty || MapReader.Of(node, Called.Key("lines"), draft.Languages, Problems) is not { } map) return [];
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
            Problems.Error(
                node.At,
                Both($"the lines in {language} must be a block", $"{language} 的台词必须写成块"),
                Both($"Write \"{language}: |\" and each aired line on a line of its own below.", $"请写“{language}: |”，下面每句台词各占一行。"));
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
        Problems.Error(node.At, Both($"there are no lines in {language}", $"{language} 没有台词"), Both("Write each aired line on a line of its own.", "请把每句台词各写一行。"));
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
        Problems.Error(at, Both("this condition cannot be read", "看不懂这个条件"), Both("Write [if fact] or [if not fact] before the line.", "请在台词前写 [if 事实] 或 [if not 事实]。"));
        return (null, line);
    }

    /// <summary>Hinge lines ask for facts that the storylet itself leaves open, and most of it is always told.</summary>
    private void CheckHinges(List<Spoken> lines, StoryletDraft storylet)
    {
        var hinges = lines.FindAll(line => line.When is not null);
        storylet.Hinges = [.. hinges.Select(line => new Named(line.When!.Fact, line.At))];
        foreach (var hinge in storylet.Hinges.Where(hinge => storylet.Needs.Concat(storylet.Bars).Any(known => known.Id == hinge.Id)))
        {
            Problems.Error(
                hinge.At,
                Both($"needs or bars of {storylet.Id.Id} settle {hinge.Id} already", $"{storylet.Id.Id} 的 needs 或 bars 已经定下了 {hinge.Id}"),
                Both("Delete the condition, or the line that can never be told.", "请删去这个条件，或删去永远讲不到的那句。"));
        }

        if (hinges.Count * FilmLimits.LinesPerHinge > lines.Count)
        {
            Problems.Error(
                hinges[0].At,
                Both($"{hinges.Count} of {lines.Count} lines of {storylet.Id.Id} hinge on facts", $"{storylet.Id.Id} 的 {lines.Count} 行中有 {hinges.Count} 行取决于事实"),
                Both("Keep at most a third; beyond that write two storylets.", "请最多留三分之一；再多就分成两个片段。"));
        }
    }

    private Spoken Line(string line, Spot at, string language, StoryletDraft storylet)
    {
        if (line.StartsWith('#'))
            Problems.Error(at, Both("this line would be aired: a block has no comments", "这一行会被播出：块里没有注释"), Both("Move the comment out of the block or delete it.", "请把注释移到块外，或删去它。"));
        var cut = line.IndexOfAny(Separators);
        if (cut < 0)
        {
            if (BeforeColon(line) is { } meant)
            {
                Problems.Error(at, Both($"{meant} is followed by a colon", $"{meant} 后面是冒号"), Both($"Write {meant}｜ with a bar.", $"请用竖线，写成“{meant}｜”。"));
                return new Spoken(at, meant, line);
            }

            values.Fits(line, at, Called.Line, FilmLimits.Line.In(language));
            return new Spoken(at, null, line);
        }

        var (speaker, words) = (line[..cut].Trim(), line[(cut + 1)..].Trim());
        if (words.Length == 0) Problems.Error(at, Both("nothing is said on this line", "这一行没有台词"), Both("Write words after the bar or delete the line.", "请在竖线后写上台词，或删去这一行。"));
        CheckSpeaker(speaker, at, storylet);
        values.Fits(words, at, Called.Line, FilmLimits.Line.In(language));
        return new Spoken(at, speaker, words);
    }

    private void CheckSpeaker(string speaker, Spot at, StoryletDraft storylet)
    {
        if (draft.Cast is not { } cast) return;
        if (cast.TrueForAll(character => character.Id.Id != speaker))
        {
            Problems.Error(
                at,
                Both($"the speaker \"{speaker}\" is not in the cast", $"演员表里没有说话的“{speaker}”"),
                Nearest.Mend(speaker, [.. cast.Select(character => character.Id.Id)]));
        }
        else if (storylet.Cast is { } present && present.All(character => IsInCast(character.Id) && character.Id != speaker))
        {
            Problems.Error(
                at,
                Both($"{speaker} speaks but is not in the cast of {storylet.Id.Id}", $"{speaker} 有台词，却不在 {storylet.Id.Id} 的 cast 里"),
                Both($"Add {speaker} to its cast, or give the line to someone who is there.", $"请把 {speaker} 加进它的 cast，或把台词给在场的人。"));
        }
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
                Problems.Error(
                    other[i].At,
                    Both(
                        $"line {i + 1} hinges on another condition in {tag} than in {original} (line {first[i].At.Line} of this file)",
                        $"{tag} 第 {i + 1} 行的条件与 {original} 不同（见本文件第 {first[i].At.Line} 行）"),
                    Both("Give the line the same condition in every language.", "请让这一行在每种语言里条件相同。"));
                return false;
            }

            if (first[i].Speaker == other[i].Speaker || IsMisspelt(first[i]) || IsMisspelt(other[i])) continue;
            Problems.Error(
                other[i].At,
                Both(
                    $"line {i + 1} is {Said(other[i]).En} in {tag}, but {Said(first[i]).En} in {original} (line {first[i].At.Line} of this file)",
                    $"第 {i + 1} 行在 {tag} 里{Said(other[i]).Zh}，在 {original} 里却{Said(first[i]).Zh}（见本文件第 {first[i].At.Line} 行）"),
                Both("Give the line the same speaker in every language.", "请让这一行在每种语言里由同一人说。"));
            return false;
        }

        if (first.Count == other.Count) return true;
        var (longer, more, less) = first.Count > other.Count ? (first, original, tag) : (other, tag, original);
        Problems.Error(
            longer[Math.Min(first.Count, other.Count)].At,
            Both(
                $"from here on {more} has lines that {less} has not ({original} has {first.Count}, {tag} has {other.Count})",
                $"从这里起，{more} 有的行 {less} 没有（{original} 有 {first.Count} 行，{tag} 有 {other.Count} 行）"),
            Both($"Write the missing ones in {less}, or delete these.", $"请在 {less} 里补上缺的行，或删去这些。"));
        return false;
    }

    /// <summary>Its speaker was reported already.</summary>
    private bool IsMisspelt(Spoken line) => line.Speaker is { } speaker && !IsInCast(speaker);

    private static Called Said(Spoken line) => line.Speaker is { } speaker ? new($"said by {speaker}", $"由 {speaker} 说") : new("narration", "是旁白");

    private void CheckLength(List<Spoken> block, string language, StoryletDraft storylet)
    {
        var span = ReadingTime.Of(block.Select(line => (line.Words, line.When)), language);
        if (span is { Shortest: >= FilmLimits.ShortestBeatSeconds, Longest: <= FilmLimits.LongestBeatSeconds }) return;
        var isShort = span.Shortest < FilmLimits.ShortestBeatSeconds;
        Problems.Error(
            block[0].At,
            Both(
                Invariant($"the lines of {storylet.Id.Id} {(span.Shortest < span.Longest ? "can take" : "take")} {(isShort ? span.Shortest : span.Longest):0.0} s to read in {language}"),
                Invariant($"{storylet.Id.Id} 的 {language} 台词读起来{(span.Shortest < span.Longest ? "可能" : "")}要 {(isShort ? span.Shortest : span.Longest):0.0} 秒")),
            Both(
                Invariant($"A beat takes {FilmLimits.ShortestBeatSeconds} to {FilmLimits.LongestBeatSeconds} s; {(isShort ? "write more" : "cut, or make two of it")}."),
                Invariant($"一拍是 {FilmLimits.ShortestBeatSeconds} 到 {FilmLimits.LongestBeatSeconds} 秒；请{(isShort ? "多写一些" : "删减，或分成两段")}。")));
    }
}

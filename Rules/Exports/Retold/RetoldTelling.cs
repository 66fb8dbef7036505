using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>A line of either telling, as a reader sees it.</summary>
/// <param name="Speaker">The speaker's name, or <see langword="null"/> for narration.</param>
/// <param name="Words">What is said, on one line.</param>
/// <param name="Director">Whether a director wrote it.</param>
/// <param name="Same">Whether the other telling has it word for word.</param>
public sealed record RetoldLine(Text? Speaker, string Words, bool Director, bool Same);

/// <summary>What page and text have in common: names for ids, words for writers.</summary>
public sealed class RetoldTelling(RetoldShow show)
{
    /// <summary>The page's title.</summary>
    public Text Title => Text.Both($"{PlainWords.Of(show.Film.Title.In("en"))}, told again", $"《{PlainWords.Of(show.Film.Title.In("zh"))}》，重讲一遍");

    /// <summary>What is compared.</summary>
    public static Text Lead { get; } = Text.Both(
        "The same plans, the same choices, another writer. Every beat is told on from the record and not from the retelling: what differs is the writer alone.",
        "同样的计划，同样的选择，换一位执笔。每一段都接着记录往下讲，而不是接着重讲：不同的只有执笔。");

    /// <summary>That the editions differ, or <see langword="null"/>.</summary>
    public Text? Edition => show.IsOtherEdition
        ? Text.Both(
            $"The film has changed since: the record has edition {Short(show.Recorded.Hash)}, the retelling {Short(show.Film.Ref.Hash)}.",
            $"影片此后有过改动：记录用的是版本 {Short(show.Recorded.Hash)}，重讲用的是版本 {Short(show.Film.Ref.Hash)}。")
        : null;

    /// <summary>The left column.</summary>
    public static Text Then { get; } = Text.Both("As it was told", "当时所讲");

    /// <summary>The right column.</summary>
    public static Text Again { get; } = Text.Both("Told again", "重讲");

    /// <summary>How many beats could have aired, and how long the writing took.</summary>
    public Text Sum
    {
        get
        {
            var (passed, all) = (show.Beats.Count(beat => beat.Passed), show.Beats.Length);
            var tokens = show.Beats.Sum(beat => (long)(beat.Again?.Writing is { } writing ? writing.TokensIn + writing.TokensOut : 0));
            var seconds = (show.Beats.Sum(beat => beat.TookMs) / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
            return tokens == 0
                ? Text.Both($"{passed} of {all} beats could have aired.", $"{all} 段中有 {passed} 段可以播出。")
                : Text.Both($"{passed} of {all} beats could have aired; {tokens} tokens, {seconds} s.", $"{all} 段中有 {passed} 段可以播出；共 {tokens} 个 token，{seconds} 秒。");
        }
    }

    /// <summary>Number, act, place and time of a beat.</summary>
    public Text Heading(RetoldBeat beat) => Both(language => $"{beat.Row.Ordinal + 1}. {Act(beat.Row.Plan.Act, language)} · {Place(beat.Row.Beat.Place, language)} · {PlainWords.Of(beat.Row.Beat.Moment.In(language))}");

    /// <summary>Who wrote what is on the record.</summary>
    public static Text WriterThen(RetoldBeat beat) =>
        CreditWords.Reason(beat.Row.Writer.Fallback) is { } reason
            ? Text.Both($"{CreditWords.Name(beat.Row.Writer.Name).In("en")} (fallback: {reason.In("en")})", $"{CreditWords.Name(beat.Row.Writer.Name).In("zh")}（备用：{reason.In("zh")}）")
            : CreditWords.Name(beat.Row.Writer.Name);

    /// <summary>Who told it again, with what it cost.</summary>
    public Text WriterAgain(RetoldBeat beat)
    {
        if (beat.Again is not { } again) return CreditWords.Name(show.Writer);
        if (again.Writing is not { } writing) return CreditWords.Name(again.Writer);
        var seconds = (writing.TookMs / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        var (repairedEn, repairedZh) = writing.Repaired is null ? ("", "") : ($", repaired ({writing.Repaired})", $"，经一次重写（{writing.Repaired}）");
        return Text.Both(
            $"{again.Writer}, {seconds} s, {writing.TokensIn} + {writing.TokensOut} tokens{repairedEn}", $"{again.Writer}，{seconds} 秒，token {writing.TokensIn} + {writing.TokensOut}{repairedZh}");
    }

    /// <summary>Why there is no other telling, or why it could not have aired; <see langword="null"/> where it could.</summary>
    public static Text? Trouble(RetoldBeat beat)
    {
        if (beat.Failed is { } failed) return Text.Both($"There is no telling: {PlainWords.Of(failed)}", $"没有讲出来：{PlainWords.Of(failed)}");
        if (beat.Findings.IsEmpty) return null;
        return Text.Both(
            $"It could not have aired: {string.Join(' ', beat.Findings.Select(finding => PlainWords.Of(finding.What.In("en"))))}",
            $"不能播出：{string.Concat(beat.Findings.Select(finding => PlainWords.Of(finding.What.In("zh"))))}");
    }

    /// <summary>The lines that aired.</summary>
    public IReadOnlyList<RetoldLine> LinesThen(RetoldBeat beat)
    {
        var again = Said(beat.Again?.Lines.Select(line => (line.Speaker, line.Words)) ?? []);
        return [.. beat.Row.Aired!.Lines.Select(line => Line(line.Speaker, line.Words, line.Writer == Credits.Director, again))];
    }

    /// <summary>The lines of the other telling.</summary>
    public IReadOnlyList<RetoldLine> LinesAgain(RetoldBeat beat)
    {
        var then = Said(beat.Row.Aired!.Lines.Select(line => (line.Speaker, line.Words)));
        return [.. beat.Again?.Lines.Select(line => Line(line.Speaker, line.Words, director: false, then)) ?? []];
    }

    /// <summary>The words in the telling language.</summary>
    public string In(Text words) => PlainWords.Of(words.In(show.Language));

    /// <summary>The option that the story followed after a beat, or <see langword="null"/> for the ending.</summary>
    public static int? Taken(RetoldBeat beat) => beat.Row.Votes is [.., var last] ? last.Taken : null;

    private RetoldLine Line(string? speaker, Text words, bool director, HashSet<(string?, string)> other) =>
        new(speaker is null ? null : Person(speaker), In(words), director, other.Contains((speaker, In(words))));

    private HashSet<(string?, string)> Said(IEnumerable<(string? Speaker, Text Words)> lines) => [.. lines.Select(line => (line.Speaker, In(line.Words)))];

    private Text Person(string id) => show.Film.Cast.FirstOrDefault(one => Same(one.Id, id))?.Name ?? Text.Both(id, id);

    private string Act(string id, string language) => PlainWords.Of(show.Film.Acts.FirstOrDefault(one => Same(one.Id, id))?.Name.In(language) ?? id);

    private string Place(string id, string language) => PlainWords.Of(show.Film.Places.FirstOrDefault(one => Same(one.Id, id))?.Name.In(language) ?? id);

    private static Text Both(Func<string, string> say) => Text.Both(say("en"), say("zh"));

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}

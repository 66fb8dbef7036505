using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Exports;

/// <summary>Who wrote a beat, in words for files and tables; the pages have the same in their own.</summary>
public static class CreditWords
{
    /// <summary>A writer's name: a model's own, or what the film and its director are called.</summary>
    public static Text Name(string writer) => writer switch
    {
        StoryletTelling.Writer => Text.Both("the film itself", "影片原稿"),
        Credits.Director => Text.Both("the director", "导演"),
        _ => Text.Both(writer, writer),
    };

    /// <summary>Why a storylet told it; <see langword="null"/> where it is the writer's who was asked.</summary>
    public static Text? Reason(Fallback fallback) => fallback switch
    {
        Fallback.NoRoom => Text.Both("nobody had room", "没有空闲的执笔"),
        Fallback.Late => Text.Both("late", "未能按时"),
        Fallback.Failed => Text.Both("the writer failed", "执笔出错"),
        Fallback.Refused => Text.Both("did not pass the checks", "未通过检查"),
        Fallback.Spent => Text.Both("the show's token budget is spent", "本场的 token 预算已用完"),
        _ => null,
    };

    /// <summary>Who wrote a beat, as a sentence; <see langword="null"/> where the film told it as it was meant to.</summary>
    public static Text? Sentence(RecordedBeat beat)
    {
        if (Reason(beat.Fallback) is { } reason)
            return Text.Both($"Told by the film itself instead of the writer who was asked: {reason.In("en")}.", $"原定的执笔未能完成，改由影片原稿讲述：{reason.In("zh")}。");
        if (string.Equals(beat.Writer, StoryletTelling.Writer, StringComparison.Ordinal)) return null;
        if (beat.Writing is not { } writing) return Text.Both($"Written by {beat.Writer}.", $"由 {beat.Writer} 执笔。");
        var seconds = (writing.TookMs / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        return writing.Repaired is null
            ? Text.Both($"Written by {beat.Writer} in {seconds} s.", $"由 {beat.Writer} 执笔，用时 {seconds} 秒。")
            : Text.Both($"Written by {beat.Writer} in {seconds} s, at the second attempt.", $"由 {beat.Writer} 执笔，用时 {seconds} 秒，经一次重写。");
    }
}

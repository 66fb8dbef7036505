using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.House;

/// <summary>What can be wrong with the hall as a whole, and its mend.</summary>
internal static class HallTroubles
{
    /// <summary>What is wrong.</summary>
    internal static IEnumerable<Trouble> Of(HallFacts facts)
    {
        foreach (var trouble in Journal(facts.Journal)) yield return trouble;
        if (facts.Workers == 0)
        {
            yield return new Trouble(
                AlarmKind.NoWorker, AlarmLevel.Warning,
                Text.Both("Nobody writes beats: no writer is alive.", "没有写作程序在运行。"),
                Text.Both(
                    "Shows go on with authored storylets. Start the writer again; it takes over by itself.",
                    "演出会以事先写好的片段继续。请重新启动写作程序，它会自动接手。"));
        }

        if (facts.FreeBytes is { } free && free < Alarms.LowDiskBytes)
        {
            yield return new Trouble(
                AlarmKind.DiskLow, free < Alarms.FullDiskBytes ? AlarmLevel.Grave : AlarmLevel.Warning,
                Text.Both(
                    $"Only {free >> 20} MB are free on the disk that holds the votes.", $"存放选票的磁盘仅剩 {free >> 20} MB。"),
                Text.Both(
                    "Empty the bin and delete large files that are not the hall's. Leave the data folder alone.",
                    "请清空回收站，并删除与本厅无关的大文件。请勿改动数据文件夹。"));
        }
    }

    /// <summary>What is wrong with a journal. Its own words say what to do.</summary>
    internal static IEnumerable<Trouble> Journal(JournalHealth? journal) => journal switch
    {
        { State: JournalState.Failing } =>
        [
            new Trouble(
                AlarmKind.JournalFailing, AlarmLevel.Grave,
                Text.Both("Nothing can be saved. Votes are not counted until it can.", "数据无法保存。恢复之前，选票不会计入。"),
                journal.Sentence ?? Text.Both("Look at the disk of the server.", "请检查服务器的磁盘。"), journal.SinceMs),
        ],
        { State: JournalState.Busy } =>
        [
            new Trouble(
                AlarmKind.JournalBusy, AlarmLevel.Warning,
                Text.Both("Saving is slow; phones are asked to send again.", "保存变慢，手机会自动重发。"),
                journal.Sentence ?? Text.Both("Close what else uses the disk of the server.", "请关闭占用服务器磁盘的其他程序。"), journal.SinceMs),
        ],
        _ => [],
    };
}

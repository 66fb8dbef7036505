using System.Globalization;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Terminal;

/// <summary>
/// One line every few seconds for each show that runs: where it is, how many vote how fast, and what waits where. Quiet
/// while nothing plays.
/// </summary>
internal static class StatusLine
{
    private const string Nothing = "–";

    /// <summary>Prints until told to stop.</summary>
    /// <param name="to">Where.</param>
    /// <param name="words">In which language.</param>
    /// <param name="feeds">The shows this gateway follows.</param>
    /// <param name="lobbies">Whether a hall that still fills gets lines too, as in the demo.</param>
    /// <param name="every">How often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">The end.</param>
    public static async Task Run(
        TextWriter to, Words words, SessionFeeds feeds, bool lobbies, TimeSpan every, TimeProvider time, CancellationToken stop)
    {
        using var journal = new JournalNumbers();
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var shows = feeds.All().Where(feed => IsShown(feed.Present?.Stage.Phase, lobbies)).ToList();
                if (shows.Count == 0) continue;
                var numbers = journal.Read();
                foreach (var feed in shows)
                {
                    await to.WriteLineAsync(Line(words, time.GetLocalNow(), feed.Present!, feed.Health, numbers));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The hall closes.
        }
    }

    /// <summary>The line of one show.</summary>
    internal static string Line(Words words, DateTimeOffset now, Present present, GatewayHealth health, (double BatchSize, int QueueDepth)? journal)
    {
        var (stage, tally) = (present.Stage, present.Tally);
        var clock = now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var beat = stage.Beat is { } told ? $"{words.Say("beat", "段")} {told.Ordinal + 1}" : Nothing;
        var votes = tally is null ? "" : $"  {words.Say("votes", "票")} {tally.Voters} [{string.Join(' ', tally.Counts)}]";
        var p99 = health.AckP99Ms > 0 ? $"{health.AckP99Ms.ToString(CultureInfo.InvariantCulture)} ms" : Nothing;
        var batch = journal is { BatchSize: > 0 and var size } ? size.ToString("0.#", CultureInfo.InvariantCulture) : Nothing;
        var queued = journal is { QueueDepth: var depth } ? $"{health.Queued}+{depth}" : $"{health.Queued}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {clock}  {Wide(PhaseName(words, stage.Phase), 8)} {Wide(beat, 8)} {words.Say("present", "在场")} {health.Phones}{votes}  {health.VotesPerSecond} {words.Say("votes/s", "票/秒")}  {words.Say("ack p99", "确认 p99")} {p99}  {words.Say("journal batch", "日志每批")} {batch}  {words.Say("waiting", "等待")} {queued}");
    }

    private static bool IsShown(SessionPhase? phase, bool lobbies) =>
        phase is SessionPhase.Playing or SessionPhase.Paused || (lobbies && phase is SessionPhase.Lobby);

    private static string PhaseName(Words words, SessionPhase phase) => phase switch
    {
        SessionPhase.Scheduled => words.Say("scheduled", "待开场"),
        SessionPhase.Lobby => words.Say("lobby", "入场中"),
        SessionPhase.Playing => words.Say("playing", "放映中"),
        SessionPhase.Paused => words.Say("paused", "已暂停"),
        _ => words.Say("ended", "已结束"),
    };

    /// <summary>Padded to columns; Chinese letters are two wide.</summary>
    private static string Wide(string text, int columns) =>
        text + new string(' ', Math.Max(0, columns - text.Sum(letter => letter > 0x2E80 ? 2 : 1)));
}

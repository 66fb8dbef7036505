using System.Globalization;
using Orleans.Story.Gateway.Fanout;

namespace Orleans.Story.Gateway.Terminal;

/// <summary>One line every few seconds that says how the show goes.</summary>
internal static class StatusLine
{
    /// <summary>Prints until told to stop.</summary>
    public static async Task Run(TextWriter to, Words words, SessionFeed feed, TimeSpan every, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (feed.Present is { } present) await to.WriteLineAsync(Line(words, time.GetLocalNow(), present, feed.Health));
            }
        }
        catch (OperationCanceledException)
        {
            // The show is over.
        }
    }

    private static string Line(Words words, DateTimeOffset now, Present present, GatewayHealth health)
    {
        var (stage, tally) = (present.Stage, present.Tally);
        var clock = now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var beat = stage.Beat is { } told ? $"{words.Say("beat", "段")} {told.Ordinal + 1}" : "-";
        var votes = tally is null ? "" : $"  {words.Say("votes", "票")} {tally.Voters} [{string.Join(' ', tally.Counts)}]";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {clock}  {stage.Phase,-8} {beat,-8} {words.Say("present", "在场")} {health.Phones}{votes}  {words.Say("ack p99", "确认 p99")} {health.AckP99Ms} ms");
    }
}

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>A session as a kill left it.</summary>
/// <param name="Version">Version of its own stream.</param>
/// <param name="Playing">Whether the show ran.</param>
/// <param name="Open">Its undecided round, or <see langword="null"/>.</param>
/// <param name="Sealed">Shards that had sealed that round.</param>
/// <param name="WindowMs">How long rounds are open.</param>
internal sealed record SessionAtKill(long Version, bool Playing, JournaledRound? Open, int Sealed, long WindowMs)
{
    /// <summary>What the files say.</summary>
    public static SessionAtKill Of(JournaledSession session)
    {
        var open = session.Round is { Decided: null } round ? round : null;
        return new SessionAtKill(session.Version, session.Phase == "Playing", open, open is null ? 0 : session.Sealed(open.Number), session.Version == 0 ? 0 : session.WindowMs);
    }
}

/// <summary>
/// What a restart owes a round that was open: its deadline becomes max(old, now + min(window, 10 s)), and that is written
/// before anything else. A round of which a shard is sealed is decided instead.
/// </summary>
internal static class Recovery
{
    private const long MostMs = 10_000;

    /// <summary>Two clocks of one machine, read at different places.</summary>
    private const long ClockMs = 20;

    /// <summary>What is wrong with the rows that followed a kill, or <see langword="null"/>.</summary>
    /// <param name="before">The session at that kill.</param>
    /// <param name="after">The session now.</param>
    /// <param name="starts">When processes were started.</param>
    /// <param name="took">
    /// Milliseconds from the moment that the new deadline was reckoned from until it was written: a start may be slow, this
    /// never is as a rule, and so it tells a wrong gift from a late start.
    /// </param>
    public static string? Fault(SessionAtKill before, JournaledSession after, IReadOnlyList<DateTimeOffset> starts, out long? took)
    {
        took = null;
        if (after.Version < before.Version) return $"its stream ended at {before.Version} and ends at {after.Version} now";
        if (!before.Playing || before.Open is not { } open || after.Version == before.Version) return null;
        var first = after.Show[(int)before.Version];
        var started = starts.Select(start => start.ToUnixTimeMilliseconds()).Where(start => start <= first.AtMs).DefaultIfEmpty(0).Max();
        var gift = Math.Min(before.WindowMs, MostMs);
        if (before.Sealed > 0)
        {
            return first.Type == "RoundExtended"
                ? $"round {open.Number} was sealed in {before.Sealed} shards and got more time: {first.Body}"
                : null;
        }

        if (first.Type != "RoundExtended")
        {
            // Due unless the old deadline was far enough away even at the earliest moment of the recovery.
            return open.DeadlineMs < started + gift - ClockMs
                ? $"round {open.Number} was open until {open.DeadlineMs} and was not extended; {first.Type} was written at {first.AtMs}, {first.AtMs - started} ms after the start"
                : null;
        }

        var deadline = first.Number("deadlineMs");
        var decidedAt = deadline - gift;
        var holds = first.Body.GetProperty("cause").GetString() == "Recovery" && first.Number("round") == open.Number
            && deadline > open.DeadlineMs && decidedAt >= started - ClockMs && decidedAt <= first.AtMs + ClockMs;
        took = first.AtMs - decidedAt;
        return holds ? null : $"round {open.Number} was open until {open.DeadlineMs}; at {first.AtMs}, {first.AtMs - started} ms after the start, it was given until {deadline}: {first.Body}";
    }
}

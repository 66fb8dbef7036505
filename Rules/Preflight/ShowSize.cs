namespace Orleans.Story.Rules.Preflight;

/// <summary>How much a show writes. The figures were measured; docs/design/15-before-the-show.md says how.</summary>
public static class ShowSize
{
    /// <summary>Bytes a beat: its plans, the beats written for each option, its lines, the round and its books.</summary>
    public const int BytesPerBeat = 64 * 1024;

    /// <summary>Bytes a seat and round: a ballot, often changed once, in a row shared with others.</summary>
    public const int BytesPerBallot = 160;

    /// <summary>Bytes that a show takes however small it is: the write-ahead log before it is moved into the file.</summary>
    public const long Least = 8L << 20;

    /// <summary>Seconds of telling before a round, at the shortest.</summary>
    private const int TellingSeconds = 20;

    /// <summary>About how many bytes the database grows by; rather too many than too few.</summary>
    /// <param name="capacity">Seats.</param>
    /// <param name="runningSeconds">Running time.</param>
    /// <param name="voteSeconds">A round and its decision card.</param>
    public static long Of(int capacity, int runningSeconds, int voteSeconds)
    {
        var rounds = 1 + (runningSeconds / (TellingSeconds + Math.Max(0, voteSeconds)));
        return Least + (rounds * (BytesPerBeat + ((long)capacity * BytesPerBallot)));
    }
}

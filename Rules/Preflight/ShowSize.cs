namespace Orleans.Story.Rules.Preflight;

/// <summary>How much a show writes. The figures were measured; docs/design/15-before-the-show.md says how.</summary>
public static class ShowSize
{
    /// <summary>Bytes a beat: its plans, the beats written for each option, its lines, the round and its books.</summary>
    public const int BytesPerBeat = 16 * 1024;

    /// <summary>Bytes a seat: its row, its viewer's profile, and what finds them.</summary>
    public const int BytesPerSeat = 600;

    /// <summary>Bytes a seat and round: a ballot, changed once by some, in a row shared with few.</summary>
    public const int BytesPerBallot = 300;

    /// <summary>Bytes that a show takes however small it is: the write-ahead log before it is moved into the file, twice.</summary>
    public const long Least = 8L << 20;

    /// <summary>Seconds of telling before a round, at the shortest.</summary>
    private const int TellingSeconds = 20;

    /// <summary>About how many bytes the database grows by; rather too many than too few.</summary>
    /// <param name="capacity">Seats.</param>
    /// <param name="runningSeconds">Running time.</param>
    /// <param name="voteSeconds">A round and its decision card.</param>
    public static long Of(int capacity, int runningSeconds, int voteSeconds)
    {
        var rounds = 1L + (runningSeconds / (TellingSeconds + Math.Max(0, voteSeconds)));
        return Least + ((long)capacity * BytesPerSeat) + (rounds * (BytesPerBeat + ((long)capacity * BytesPerBallot)));
    }
}

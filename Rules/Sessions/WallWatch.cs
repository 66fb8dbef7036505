namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// Whether anybody can see the show. A show that had a wall and has none for <see cref="LostMs"/> holds at its next line:
/// what nobody saw is not told. A show that never had one, a bench for instance, is not held.
/// </summary>
/// <param name="Walls">Walls connected now.</param>
/// <param name="Had">Whether there ever was one.</param>
/// <param name="GoneMs">When the last one went, UTC milliseconds; 0 while there is one.</param>
public sealed record WallWatch(int Walls, bool Had, long GoneMs)
{
    /// <summary>How long a wall may be away before the show holds, milliseconds: a reload takes less.</summary>
    public const long LostMs = 5000;

    /// <summary>No wall yet.</summary>
    public static WallWatch None { get; } = new(0, false, 0);

    /// <summary>When the show is, or would be, held; <see cref="long.MaxValue"/> if a wall is there or never was.</summary>
    public long LostAtMs => Had && Walls == 0 ? GoneMs + LostMs : long.MaxValue;

    /// <summary>With the walls that are connected now.</summary>
    public WallWatch With(int walls, long nowMs) => new(walls, Had || walls > 0, walls > 0 ? 0 : Walls > 0 ? nowMs : GoneMs);

    /// <summary>Whether the wall has been gone for too long.</summary>
    public bool Lost(long nowMs) => nowMs >= LostAtMs;

    /// <summary>Whether the show holds: an operator may have it go on without the wall that went, but not without the next.</summary>
    /// <param name="goOnMs">When an operator last said so, UTC milliseconds; 0 for never.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public bool Holds(long goOnMs, long nowMs) => Lost(nowMs) && GoneMs > goOnMs;
}

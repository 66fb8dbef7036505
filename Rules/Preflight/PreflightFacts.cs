using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Preflight;

/// <summary>What was found before a show, and when. Gathered by the gateway; judged by <see cref="PreflightRules"/>.</summary>
/// <param name="NowMs">When it was looked, UTC milliseconds.</param>
/// <param name="Wall">The big screen.</param>
/// <param name="HeardMs">When somebody last said that the tone was heard in the hall, UTC milliseconds; 0 for never.</param>
/// <param name="Network">The way from the hall to this machine.</param>
/// <param name="Disk">Where the show is written down.</param>
/// <param name="Writer">Who writes the beats.</param>
/// <param name="Clock">Three clocks.</param>
/// <param name="Journal">How the journal does, or <see langword="null"/> where it does not tell.</param>
public sealed record PreflightFacts(
    long NowMs, WallFacts Wall, long HeardMs, NetworkFacts Network, DiskFacts Disk, WriterFacts Writer, ClockFacts Clock, JournalHealth? Journal);

/// <summary>The big screen.</summary>
/// <param name="Connected">Walls connected now.</param>
/// <param name="Proof">What one last reported while it showed the test picture, or <see langword="null"/>.</param>
public sealed record WallFacts(int Connected, WallProof? Proof);

/// <summary>A wall's report once the test picture is painted.</summary>
/// <param name="AtMs">When it came, UTC milliseconds.</param>
/// <param name="Sound">Whether the page may sound.</param>
/// <param name="Muted">Whether somebody turned the wall's sound off.</param>
/// <param name="LevelDb">The loudest it measured at its own output while the tone played, dBFS; −100 for nothing.</param>
/// <param name="OffsetMs">The wall's clock minus the server's, milliseconds.</param>
/// <param name="Width">Of the picture, pixels.</param>
/// <param name="Height">Of the picture, pixels.</param>
public sealed record WallProof(long AtMs, WallSound Sound, bool Muted, double LevelDb, double OffsetMs, int Width, int Height);

/// <summary>Whether a wall may sound.</summary>
public enum WallSound
{
    /// <summary>Its browser cannot.</summary>
    None,

    /// <summary>Its browser waits for a key or a click.</summary>
    Asleep,

    /// <summary>It sounds.</summary>
    Running,
}

/// <summary>The way from the hall to this machine.</summary>
/// <param name="Address">The address on the wall and in its code.</param>
/// <param name="LocalOnly">Whether this machine lets nobody else in, or is on no network.</param>
/// <param name="SeenMs">When a device that is not this machine last opened a page for viewers or was connected, UTC milliseconds; 0 for never.</param>
/// <param name="Device">Its address, or <see langword="null"/>.</param>
/// <param name="RoundTripMs">What it measured to here and back, milliseconds; <see langword="null"/> if it did not.</param>
public sealed record NetworkFacts(string Address, bool LocalOnly, long SeenMs, string? Device, double? RoundTripMs);

/// <summary>Where the show is written down.</summary>
/// <param name="FreeBytes">Free there, or <see langword="null"/> if it cannot be told.</param>
/// <param name="ShowBytes">What a show like this writes, by <see cref="ShowSize"/>.</param>
public sealed record DiskFacts(long? FreeBytes, long ShowBytes);

/// <summary>Who writes the beats.</summary>
/// <param name="Workers">Writers with a live lease.</param>
/// <param name="Writer">Who was tried, or <see langword="null"/>.</param>
/// <param name="TookMs">How long the trial took, milliseconds; <see langword="null"/> if there was none.</param>
/// <param name="Failed">Why the trial failed, or <see langword="null"/>.</param>
public sealed record WriterFacts(int Workers, string? Writer, double? TookMs, string? Failed);

/// <summary>Three clocks.</summary>
/// <param name="ConsoleOffsetMs">The console's clock minus the server's, milliseconds; <see langword="null"/> if it did not tell.</param>
/// <param name="WallOffsetMs">The wall's minus the server's, milliseconds; <see langword="null"/> if there was no report.</param>
/// <param name="SteppedMs">How far the server's clock was set, forward or back, since it was last looked at, milliseconds.</param>
/// <param name="Zone">The server's time zone, as it is called.</param>
/// <param name="LocalTime">The server's time of day there, <c>19:42</c>.</param>
public sealed record ClockFacts(double? ConsoleOffsetMs, double? WallOffsetMs, double SteppedMs, string Zone, string LocalTime);

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Preflight;

namespace Orleans.Story.Gateway.Preflight;

/// <summary>A test picture on the walls of a session, as they are told of it.</summary>
/// <param name="N">Which; each is one above the last.</param>
/// <param name="Phase">The phase in which it was asked for; in another it is over.</param>
/// <param name="UntilMs">Until when it may stay, UTC milliseconds; 0 takes it off.</param>
/// <param name="Tone">Whether the tone is played with it.</param>
internal sealed record TestPicture(int N, SessionPhase Phase, long UntilMs, bool Tone);

/// <summary>What a wall sends once a test picture is painted, and while it is up.</summary>
/// <param name="N">Which.</param>
/// <param name="Sound"><c>None</c>, <c>Asleep</c> or <c>Running</c>.</param>
/// <param name="Muted">Whether its sound is turned off.</param>
/// <param name="LevelDb">The loudest of the tone so far, dBFS, −100 to 0.</param>
/// <param name="OffsetMs">Its clock minus the server's, milliseconds.</param>
/// <param name="Width">Of the picture, pixels.</param>
/// <param name="Height">Of the picture, pixels.</param>
internal sealed record TestReport(int N, string? Sound, bool Muted, double LevelDb, double OffsetMs, int Width, int Height);

/// <summary>
/// Test pictures and what became of them. They are this gateway's own and on no record: nothing of them belongs to a show,
/// and a restart forgets them, which only means to look once more.
/// </summary>
internal sealed class WallTests(TimeProvider time)
{
    /// <summary>Sessions remembered; the one touched longest ago is forgotten beyond it. No hall prepares so many at once.</summary>
    private const int Remembered = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, Entry> _entries = [];

    /// <summary>Asks for a picture, or takes it off; <see langword="null"/> where the show does not allow one.</summary>
    public TestPicture? Ask(SessionId session, SessionPhase phase, bool on, bool tone)
    {
        var now = NowMs;
        if (TestPictures.Until(phase, now) is not { } until) return null;
        lock (_gate)
        {
            var entry = Of(session);
            return entry.Picture = new TestPicture((entry.Picture?.N ?? 0) + 1, phase, on ? until : 0, on && tone);
        }
    }

    /// <summary>The picture that is up in this phase, without its tone: a wall that comes later shows it and does not sound.</summary>
    public TestPicture? Up(SessionId session, SessionPhase phase)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(session, out var entry) && entry.Picture is { } picture && TestPictures.IsUp(picture.Phase, picture.UntilMs, phase, NowMs)
                ? picture with { Tone = false }
                : null;
        }
    }

    /// <summary>A wall reports. False when the report says nothing sensible, or is about no picture of ours.</summary>
    public bool Take(SessionId session, TestReport report)
    {
        if (!EnumNames.TryRead<WallSound>(report.Sound ?? "", out var sound)) return false;
        if (!double.IsFinite(report.LevelDb) || report.LevelDb is < -100 or > 20 || !double.IsFinite(report.OffsetMs)) return false;
        if (report.Width is < 1 or > 20_000 || report.Height is < 1 or > 20_000) return false;
        lock (_gate)
        {
            if (!_entries.TryGetValue(session, out var entry) || entry.Picture?.N != report.N) return false;
            entry.Proof = new WallProof(NowMs, sound, report.Muted, report.LevelDb, report.OffsetMs, report.Width, report.Height);
            return true;
        }
    }

    /// <summary>Somebody in the hall heard the tone.</summary>
    public void Heard(SessionId session)
    {
        lock (_gate) Of(session).HeardMs = NowMs;
    }

    /// <summary>What is known.</summary>
    public (WallProof? Proof, long HeardMs) Known(SessionId session)
    {
        lock (_gate) return _entries.TryGetValue(session, out var entry) ? (entry.Proof, entry.HeardMs) : (null, 0);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Entry Of(SessionId session)
    {
        if (!_entries.TryGetValue(session, out var entry))
        {
            if (_entries.Count >= Remembered) _entries.Remove(_entries.MinBy(one => one.Value.Touched).Key);
            _entries.Add(session, entry = new Entry());
        }

        entry.Touched = time.GetTimestamp();
        return entry;
    }

    private sealed class Entry
    {
        public TestPicture? Picture { get; set; }

        public WallProof? Proof { get; set; }

        public long HeardMs { get; set; }

        public long Touched { get; set; }
    }
}

using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Preflight;

/// <summary>
/// How long a test picture may stay: while nobody is in the hall it may take its time, once the doors are open it gives the
/// wall back to the join code, and in a show there is none.
/// </summary>
public static class TestPictures
{
    /// <summary>Before the doors open, milliseconds: time to walk to the last row and back.</summary>
    public const long BeforeDoorsMs = 10 * 60_000;

    /// <summary>With the doors open, milliseconds.</summary>
    public const long InLobbyMs = 20_000;

    /// <summary>Until when a picture asked for now may stay, UTC milliseconds; <see langword="null"/> where there may be none.</summary>
    public static long? Until(SessionPhase phase, long nowMs) => phase switch
    {
        SessionPhase.Scheduled => nowMs + BeforeDoorsMs,
        SessionPhase.Lobby => nowMs + InLobbyMs,
        _ => null,
    };

    /// <summary>Whether a picture that was asked for in one phase is still up: a new phase ends it, whatever time is left.</summary>
    public static bool IsUp(SessionPhase asked, long untilMs, SessionPhase phase, long nowMs) => asked == phase && nowMs < untilMs && Until(phase, nowMs) is not null;
}

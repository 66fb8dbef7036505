using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.House;

/// <summary>How a gateway does with a session, as far as an alarm asks.</summary>
/// <param name="Glance">The session, or its last glance when it does not answer.</param>
/// <param name="Answers">Whether it answers.</param>
/// <param name="AckP99Ms">From a ballot's arrival to its receipt, 99th percentile of the last seconds, milliseconds; 0 without ballots.</param>
/// <param name="Journal">How this process's journal does; <see langword="null"/> where it has none.</param>
public sealed record SessionFacts(SessionGlance Glance, bool Answers, double AckP99Ms, JournalHealth? Journal = null);

/// <summary>The hall around its sessions.</summary>
/// <param name="Journal">How this process's journal does; <see langword="null"/> where it has none.</param>
/// <param name="Workers">Writers with a live lease; <see langword="null"/> when nobody could be asked.</param>
/// <param name="FreeBytes">Free space where the journal is; <see langword="null"/> when nobody could tell.</param>
public sealed record HallFacts(JournalHealth? Journal, int? Workers, long? FreeBytes);

/// <summary>
/// What is wrong in a house: pure, from what was gathered and the time. A trouble rings once it has lasted longer than
/// patience with its kind, so that a reload or one slow second calls nobody.
/// </summary>
public static class Alarms
{
    /// <summary>A pause this long is worth a look, milliseconds: a fire drill takes less.</summary>
    public const long LongPauseMs = 5 * 60_000;

    /// <summary>The end may slip by this much before it is overdue, milliseconds: the last line breathes.</summary>
    public const long SlipMs = 30_000;

    /// <summary>Dead air that a minute may add, milliseconds: less than the hall notices.</summary>
    public const long LeastGrowthMs = 1_000;

    /// <summary>So many beats in a row that nobody wrote are no accident.</summary>
    public const int LeastRow = 2;

    /// <summary>Receipts slower than this are felt, milliseconds: four times what a busy hall may take.</summary>
    public const double SlowAckMs = 250;

    /// <summary>Free space below which an evening may not fit, bytes: 1 GiB.</summary>
    public const long LowDiskBytes = 1L << 30;

    /// <summary>Free space below which the journal will fail, bytes: 100 MiB.</summary>
    public const long FullDiskBytes = 100L << 20;

    /// <summary>What is wrong with a session now.</summary>
    public static Watchkeeping After(Watchkeeping before, SessionFacts facts, long nowMs)
    {
        var heard = before.Heard(facts.Glance.Health.DeadAirMs, nowMs);
        return heard.With(facts.Answers ? SessionTroubles.Of(facts, heard.Growth, nowMs) : [SessionTroubles.Silent(facts.Journal)], nowMs);
    }

    /// <summary>What is wrong with the hall now.</summary>
    public static Watchkeeping After(Watchkeeping before, HallFacts facts, long nowMs) => before.With(HallTroubles.Of(facts), nowMs);

    /// <summary>How long a trouble may last before it rings, milliseconds.</summary>
    public static long PatienceMs(AlarmKind kind) => kind switch
    {
        AlarmKind.NoWall or AlarmKind.NoPhones or AlarmKind.SlowReceipts => 10_000,
        AlarmKind.PausedLong => LongPauseMs,
        AlarmKind.Overdue => SlipMs,
        AlarmKind.NoWorker => 15_000,
        AlarmKind.Silent or AlarmKind.JournalBusy => 5_000,
        _ => 0,
    };

    /// <summary>Grave ones first, then by what they are about: a list that does not jump while it is read.</summary>
    public static int InOrder(Alarm a, Alarm b) => (a.Level, a.Kind).CompareTo((b.Level, b.Kind));
}

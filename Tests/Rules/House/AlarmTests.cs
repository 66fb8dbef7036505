using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.House;

namespace Orleans.Story.Tests.Rules.House;

/// <summary>Each alarm is provoked here, kept waiting as long as patience allows, and mended.</summary>
public sealed class AlarmTests
{
    private const long Start = 1_768_680_000_000;
    private static readonly SessionHealth Well = new(0, 2, 0, Start, null, 1);

    private static readonly SessionGlance Calm = new()
    {
        Session = SessionId.New(DateTimeOffset.UnixEpoch), Title = Text.Both("The Pier", "码头"), Phase = SessionPhase.Playing, Capacity = 300, Seated = 120, Present = 118,
        StartedMs = Start, EndsAtMs = Start + 3_600_000, ForecastMs = Start + 3_600_000, Beat = 3, Health = Well,
    };

    public static TheoryData<AlarmKind> Session =>
    [
        AlarmKind.WallLost, AlarmKind.NoWall, AlarmKind.JournalFailing, AlarmKind.JournalBusy, AlarmKind.NoPhones, AlarmKind.PausedLong, AlarmKind.Overdue,
        AlarmKind.DoorsShut, AlarmKind.Fallbacks, AlarmKind.SlowReceipts,
    ];

    [Theory]
    [MemberData(nameof(Session))]
    public void A_trouble_rings_when_patience_with_it_ends_and_is_silent_once_it_is_mended(AlarmKind kind)
    {
        var (bad, sinceMs) = Provoked(kind);
        var rings = sinceMs + Alarms.PatienceMs(kind);
        var early = Alarms.After(Watchkeeping.None, bad, sinceMs);
        early.Alarms.Any(alarm => alarm.Kind == kind).ShouldBe(Alarms.PatienceMs(kind) == 0);
        if (Alarms.PatienceMs(kind) > 0) Alarms.After(early, bad, rings - 1).Alarms.ShouldBeEmpty("a reload or one slow second calls nobody");
        var late = Alarms.After(early, bad, rings);
        var alarm = late.Alarms.Single();
        (alarm.Kind, alarm.SinceMs).ShouldBe((kind, sinceMs));
        alarm.What.In("zh").ShouldNotBe(alarm.What.In("en"));
        alarm.Mend.In("zh").ShouldNotBe(alarm.Mend.In("en"));
        Alarms.After(late, new SessionFacts(Calm with { EndsAtMs = rings + 9000 }, true, 12), rings + 1).Alarms.ShouldBeEmpty("it is mended");
    }

    [Fact]
    public void A_session_that_does_not_answer_rings_after_five_seconds_and_for_nothing_else()
    {
        var dead = new SessionFacts(Calm with { Present = 0 }, false, 900);
        var watch = Alarms.After(Watchkeeping.None, dead, Start);
        watch.Alarms.ShouldBeEmpty();
        Alarms.After(watch, dead, Start + 5000).Alarms.Single().Kind.ShouldBe(AlarmKind.Silent, "what it last said may be wrong by now");
    }

    [Fact]
    public void Dead_air_rings_while_it_is_younger_than_a_minute()
    {
        var watch = Watchkeeping.None;
        for (var s = 0; s <= 30; s += 2) watch = Alarms.After(watch, Air(400), Start + (s * 1000));
        watch.Alarms.ShouldBeEmpty("what was there before anyone looked is no news");
        watch = Alarms.After(watch, Air(1400), Start + 32_000);
        watch.Alarms.ShouldBeEmpty("a second is less than the hall notices");
        watch = Alarms.After(watch, Air(1401), Start + 34_000);
        watch.Alarms.Single().ShouldSatisfyAllConditions(
            alarm => alarm.Kind.ShouldBe(AlarmKind.DeadAir), alarm => alarm.SinceMs.ShouldBe(Start + 34_000));
        for (var s = 36; s <= 90; s += 2) watch = Alarms.After(watch, Air(1401), Start + (s * 1000));
        watch.Alarms.ShouldNotBeEmpty();
        for (var s = 92; s <= 96; s += 2) watch = Alarms.After(watch, Air(1401), Start + (s * 1000));
        watch.Alarms.ShouldBeEmpty("it is over");
    }

    [Theory]
    [InlineData(0, null, AlarmKind.NoWorker)]
    [InlineData(1, 900L << 20, AlarmKind.DiskLow)]
    [InlineData(1, 50L << 20, AlarmKind.DiskLow)]
    public void A_hall_rings_for_its_writers_and_its_disk(int workers, long? free, AlarmKind kind)
    {
        var bad = new HallFacts(null, workers, free);
        var watch = Alarms.After(Alarms.After(Watchkeeping.None, bad, Start), bad, Start + 15_000);
        watch.Alarms.Single().Kind.ShouldBe(kind);
        watch.Alarms[0].Level.ShouldBe(free < Alarms.FullDiskBytes ? AlarmLevel.Grave : AlarmLevel.Warning);
        Alarms.After(watch, new HallFacts(Journal(JournalState.Well), 1, 5L << 30), Start + 16_000).Alarms.ShouldBeEmpty();
        Alarms.After(watch, new HallFacts(null, null, null), Start + 16_000).Alarms.ShouldBeEmpty("what nobody can tell is no alarm");
    }

    [Fact]
    public void A_session_that_waits_for_its_journal_is_not_to_be_restarted()
    {
        string Mend(JournalState? state)
        {
            var silent = new SessionFacts(Calm, false, 0, state is { } known ? Journal(known) : null);
            return Alarms.After(Alarms.After(Watchkeeping.None, silent, Start), silent, Start + 60_000).Alarms.Single().Mend.In("en");
        }

        foreach (var state in (JournalState[])[JournalState.Failing, JournalState.Busy]) Mend(state).ShouldContain("do not restart");
        Mend(JournalState.Well).ShouldContain("restart the server");
        Mend(null).ShouldContain("restart the server");
    }

    [Fact]
    public void A_wall_that_an_operator_does_without_is_a_warning_only()
    {
        var facts = new SessionFacts(Calm with { Health = Well with { Walls = 0, WallLostMs = Start, WithoutWall = true } }, true, 0);
        Alarms.After(Watchkeeping.None, facts, Start + 60_000).Alarms.Single().Level.ShouldBe(AlarmLevel.Warning);
    }

    [Fact]
    public void Before_the_doors_and_in_the_lobby_nothing_of_the_show_is_missed()
    {
        foreach (var phase in (SessionPhase[])[SessionPhase.Scheduled, SessionPhase.Lobby, SessionPhase.Ended])
        {
            var quiet = new SessionFacts(Calm with { Phase = phase, Present = 0, StartedMs = 0, EndsAtMs = 0, FallbacksInARow = 9, Health = Well with { Walls = 0 } }, true, 0);
            Alarms.After(Alarms.After(Watchkeeping.None, quiet, Start), quiet, Start + 3_600_000).Alarms.ShouldBeEmpty(phase.ToString());
        }
    }

    [Fact]
    public void Whatever_is_seen_no_alarm_is_from_the_future_none_rings_twice_and_the_gravest_come_first() =>
        Properties.Hold(Gen.NonEmptyListOf(Sights), sights =>
        {
            var (watch, nowMs) = (Watchkeeping.None, Start);
            foreach (var (facts, passMs) in sights)
            {
                nowMs += passMs;
                watch = Alarms.After(watch, facts, nowMs);
                var kinds = watch.Alarms.Select(alarm => alarm.Kind).ToList();
                if (kinds.Distinct().Count() != kinds.Count) return false;
                if (watch.Alarms.Any(alarm => alarm.SinceMs > nowMs || nowMs - alarm.SinceMs < Alarms.PatienceMs(alarm.Kind))) return false;
                if (!watch.Alarms.Select(alarm => alarm.Level).SequenceEqual(watch.Alarms.Select(alarm => alarm.Level).Order())) return false;
                if (watch.DeadAir.Length > Watchkeeping.MostSamples + 1) return false;
                if (!facts.Answers && kinds.Any(kind => kind != AlarmKind.Silent)) return false;
            }

            return true;
        });

    [Fact]
    public void To_look_again_at_the_same_moment_changes_no_alarm() =>
        Properties.Hold(Sights, sight =>
        {
            var once = Alarms.After(Alarms.After(Watchkeeping.None, sight.Facts, Start), sight.Facts, Start + sight.PassMs);
            var twice = Alarms.After(once, sight.Facts, Start + sight.PassMs);
            return twice.Alarms.Select(Named).SequenceEqual(once.Alarms.Select(Named));
        });

    private static (AlarmKind, AlarmLevel, long, string, string) Named(Alarm alarm) => (alarm.Kind, alarm.Level, alarm.SinceMs, alarm.What.In("zh"), alarm.Mend.In("en"));

    private static Gen<(SessionFacts Facts, long PassMs)> Sights { get; } =
        from phase in Gen.Elements(Enum.GetValues<SessionPhase>())
        from present in Gen.Choose(0, 2)
        from walls in Gen.Choose(0, 1)
        from lost in Gen.Choose(0, 1)
        from air in Gen.Choose(0, 4000)
        from row in Gen.Choose(0, 3)
        from ack in Gen.Choose(0, 500)
        from answers in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from journal in Gen.Elements(Enum.GetValues<JournalState>())
        from ends in Gen.Choose(0, 400_000)
        from pass in Gen.Choose(0, 20_000)
        select (
            new SessionFacts(
                Calm with
                {
                    Phase = phase, Present = present, FallbacksInARow = row, EndsAtMs = Start + ends, ForecastMs = Start + ends, PausedMs = phase == SessionPhase.Paused ? Start : 0,
                    ScheduledMs = Start + ends, Health = new SessionHealth(air, 1, row, 0, Journal(journal), walls, walls == 0 && lost == 1 ? Start : 0),
                },
                answers, ack),
            (long)pass);

    private static (SessionFacts Facts, long SinceMs) Provoked(AlarmKind kind) => kind switch
    {
        AlarmKind.WallLost => (Facts(Calm with { Holds = true, Health = Well with { Walls = 0, WallLostMs = Start + 7 } }), Start + 7),
        AlarmKind.NoWall => (Facts(Calm with { Health = Well with { Walls = 0, WallSeenMs = 0 } }), Start),
        AlarmKind.JournalFailing => (Facts(Calm with { Health = Well with { Journal = Journal(JournalState.Failing) } }), Start),
        AlarmKind.JournalBusy => (Facts(Calm with { Health = Well with { Journal = Journal(JournalState.Busy) } }), Start),
        AlarmKind.NoPhones => (Facts(Calm with { Present = 0 }), Start),
        AlarmKind.PausedLong => (Facts(Calm with { Phase = SessionPhase.Paused, PausedMs = Start + 9 }), Start + 9),
        AlarmKind.Overdue => (Facts(Calm), Calm.EndsAtMs),
        AlarmKind.DoorsShut => (Facts(Calm with { Phase = SessionPhase.Scheduled, ScheduledMs = Start + 5, StartedMs = 0, EndsAtMs = 0 }), Start + 5),
        AlarmKind.Fallbacks => (Facts(Calm with { FallbacksInARow = Alarms.LeastRow }), Start),
        AlarmKind.SlowReceipts => (new SessionFacts(Calm, true, Alarms.SlowAckMs + 1), Start),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static SessionFacts Facts(SessionGlance glance) => new(glance, true, 12);

    private static SessionFacts Air(long ms) => Facts(Calm with { Health = Well with { DeadAirMs = ms } });

    private static JournalHealth Journal(JournalState state) =>
        new(state, state == JournalState.Failing ? JournalTrouble.DiskFull : null, state == JournalState.Well ? null : Text.Both("Make room.", "请腾出空间。"), Start, 1, 0, 1);
}

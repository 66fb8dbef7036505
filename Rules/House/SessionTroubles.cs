using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.House;

/// <summary>What can be wrong with one session, and its mend.</summary>
internal static class SessionTroubles
{
    /// <summary>The session does not answer.</summary>
    internal static Trouble Silent { get; } = new(
        AlarmKind.Silent, AlarmLevel.Grave,
        Text.Both("The session does not answer.", "场次没有应答。"),
        Text.Both(
            "It comes back by itself within seconds. If it does not, restart the server: the show goes on where it was, and no vote is lost.",
            "通常几秒内会自行恢复。如未恢复，请重启服务器：演出会从原处继续，选票不会丢失。"));

    /// <summary>What is wrong with a session that answers.</summary>
    internal static IEnumerable<Trouble> Of(SessionFacts facts, long deadAirGrowth, long nowMs)
    {
        var glance = facts.Glance;
        return glance.Phase switch
        {
            SessionPhase.Scheduled => Before(glance, nowMs),
            SessionPhase.Playing or SessionPhase.Paused => [.. Wall(glance), .. Hall(facts), .. Time(glance, nowMs), .. Telling(glance, deadAirGrowth), .. HallTroubles.Journal(glance.Health.Journal)],
            SessionPhase.Lobby => HallTroubles.Journal(glance.Health.Journal),
            _ => [],
        };
    }

    private static IEnumerable<Trouble> Before(SessionGlance glance, long nowMs)
    {
        if (glance.ScheduledMs == 0 || nowMs < glance.ScheduledMs) yield break;
        yield return new Trouble(
            AlarmKind.DoorsShut, AlarmLevel.Warning,
            Text.Both("The show was to begin, and its doors are not open.", "已到开演时间，尚未开放入场。"),
            Text.Both("Open the doors in the console. If the show begins later, let it be: nothing starts by itself.", "请在控制台开放入场。如推迟开演，可以不处理：到点不会自动开演。"),
            glance.ScheduledMs);
    }

    private static IEnumerable<Trouble> Wall(SessionGlance glance)
    {
        if (glance.Phase != SessionPhase.Playing) yield break;
        var health = glance.Health;
        if (health.WallLostMs > 0)
        {
            yield return new Trouble(
                AlarmKind.WallLost, health.WithoutWall ? AlarmLevel.Warning : AlarmLevel.Grave,
                health.WithoutWall
                    ? Text.Both("The wall is lost; the show goes on without it.", "大银幕已断开，演出在无银幕状态下继续。")
                    : Text.Both("The wall is lost, and the show waits for it.", "大银幕已断开，演出正在等待。"),
                Text.Both(
                    "Look at the machine at the projector: open the wall page again from the console. It takes the show along by itself.",
                    "请检查放映机旁的电脑，并从控制台重新打开大银幕页面；画面会自行跟上演出。"),
                health.WallLostMs);
        }
        else if (health.Walls == 0)
        {
            yield return new Trouble(
                AlarmKind.NoWall, AlarmLevel.Grave,
                Text.Both("The show runs, and no wall has been opened.", "演出正在进行，但没有打开任何大银幕。"),
                Text.Both("Open the wall from the console on the machine at the projector.", "请在放映机旁的电脑上，从控制台打开大银幕。"));
        }
    }

    private static IEnumerable<Trouble> Hall(SessionFacts facts)
    {
        if (facts.Glance is { Phase: SessionPhase.Playing, Present: 0 })
        {
            yield return new Trouble(
                AlarmKind.NoPhones, AlarmLevel.Grave,
                Text.Both("The show runs, and no phone is connected.", "演出正在进行，但没有手机连接。"),
                Text.Both(
                    "Take a phone and open the address on the wall. If it does not come in, look at the venue's Wi-Fi: phones must reach this machine.",
                    "请用手机打开大银幕上的地址。如无法进入，请检查场地 Wi-Fi：手机必须能访问这台电脑。"));
        }

        if (facts.AckP99Ms > Alarms.SlowAckMs)
        {
            yield return new Trouble(
                AlarmKind.SlowReceipts, AlarmLevel.Warning,
                Text.Both("Votes take long to be confirmed.", "选票确认变慢。"),
                Text.Both(
                    "No vote is lost. Close what else runs on the server, and extend the round if the hall needs the time.",
                    "选票不会丢失。请关闭服务器上的其他程序；如有需要，可延长本轮投票。"));
        }
    }

    private static IEnumerable<Trouble> Time(SessionGlance glance, long nowMs)
    {
        if (glance.Phase == SessionPhase.Paused)
        {
            yield return new Trouble(
                AlarmKind.PausedLong, AlarmLevel.Warning,
                Text.Both("The show has been paused for a long time.", "演出已暂停很久。"),
                Text.Both(
                    "Resume it, or tell the hall why it waits. If it cannot go on, resume and end it well: the story lands in two beats.",
                    "请恢复演出，或告知全场等待的原因。如无法正常继续，可先恢复，再用“好好收尾”：再讲两段，故事就结束。"),
                glance.PausedMs);
        }

        var endsMs = glance.EndsAtMs;
        if (endsMs > 0 && nowMs >= endsMs && !(glance.Phase == SessionPhase.Paused && glance.ForecastMs > nowMs))
        {
            yield return new Trouble(
                AlarmKind.Overdue, AlarmLevel.Warning,
                Text.Both("The show was to be over by now.", "演出已超过预定结束时间。"),
                Text.Both(
                    "If the next show or the last bus waits, end it well: the story lands in two beats. End it now only if it must stop.",
                    "如下一场或末班车在等，请用“好好收尾”：再讲两段，故事就结束。只有必须立即停止时才直接结束。"),
                endsMs);
        }
    }

    private static IEnumerable<Trouble> Telling(SessionGlance glance, long deadAirGrowth)
    {
        if (deadAirGrowth > Alarms.LeastGrowthMs)
        {
            yield return new Trouble(
                AlarmKind.DeadAir, AlarmLevel.Warning,
                Text.Both("The wall had nothing to show within the last minute.", "最近一分钟内大银幕出现过空白。"),
                Text.Both(
                    "Look at the wall: if it moves, the worst is over. If it stutters, close what else runs on its machine.",
                    "请查看大银幕：如画面已恢复，可不必处理。如画面卡顿，请关闭该电脑上的其他程序。"));
        }

        if (glance.FallbacksInARow >= Alarms.LeastRow)
        {
            yield return new Trouble(
                AlarmKind.Fallbacks, AlarmLevel.Warning,
                Text.Both(
                    $"The last {glance.FallbacksInARow} beats were not written in time.", $"最近 {glance.FallbacksInARow} 段没有按时写好。"),
                Text.Both(
                    "The hall does not notice: authored storylets tell the story. Look at the writer, or let it be for tonight.",
                    "观众不会察觉：由事先写好的片段继续讲述。请检查写作程序，也可以今晚先不处理。"));
        }
    }
}

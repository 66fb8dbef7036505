using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Halls;

/// <summary>What a storm at our gateway came to.</summary>
/// <param name="Seated">While everybody came.</param>
/// <param name="Stood">While everybody stood there, where the plan asks for it.</param>
/// <param name="Back">While everybody came back, where the plan asks for it.</param>
/// <param name="Storm">The storm itself, with the memory of <paramref name="Seated"/>.</param>
internal sealed record GatewayStorm(LoadNews Seated, LoadNews? Stood, LoadNews? Back, LoadNews Storm)
{
    private const int SpareSeconds = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Settings of a gateway for it: votes more often than anyone taps, and a film whose first round is soon there.</summary>
    public static Dictionary<string, string> Settings() => new()
    {
        ["Story__Limits__CastsPerSecond"] = "1000",
        ["Story__Limits__CastsBurst"] = "1000",
        ["Story__Limits__FramesPerSecond"] = "1000",
        ["Story__Limits__FramesBurst"] = "1000",
        ["Story__Films"] = Path.Combine(AppContext.BaseDirectory, "Halls", "film"),
    };

    /// <summary>A session of its own from its doors to its verdict; ended then, so that it costs nothing more.</summary>
    /// <param name="hall">The gateway, started with <see cref="Settings"/>.</param>
    /// <param name="plan">Phones, rate and seconds; where and how is filled in here.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<GatewayStorm> Run(HallProcess hall, LoadPlan plan, CancellationToken stop)
    {
        var window = (int)(plan.WarmSeconds + plan.Seconds) + SpareSeconds;
        var (session, code) = await hall.Schedule("bench", 2, plan.Phones, window, stop);
        await using var console = await hall.Operate(session, stop);
        await console.Command("Open", stop);
        await using var load = await Generator.Start(plan with { Port = hall.Port, ServerPid = hall.Pid, JoinCode = code });
        var seated = await load.News(Patience, stop);
        var stood = plan.StandSeconds > 0 ? await load.News(Patience, stop) : null;
        var back = plan.StandSeconds > 0 ? await load.News(Patience, stop) : null;
        await console.Command("Start", stop);
        var storm = await load.News(TimeSpan.FromSeconds(window + 60), stop);
        await console.Command("End", stop);
        return new GatewayStorm(seated, stood, back, storm with { RssBefore = seated.RssBefore, RssSeated = seated.RssSeated });
    }
}

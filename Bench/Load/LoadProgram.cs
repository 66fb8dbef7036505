using System.Text.Json;

namespace Orleans.Story.Bench.Load;

/// <summary>The load generator's process: one plan in, news out, all as lines of JSON.</summary>
internal static class LoadProgram
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);

    /// <summary>How news and plans are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Runs until the plan is done or standard input ends; answers the exit code.</summary>
    public static async Task<int> Run(CancellationToken stop)
    {
        if (await Console.In.ReadLineAsync(stop) is not { } line) return 1;
        var plan = JsonSerializer.Deserialize<LoadPlan>(line, Json)!;
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });
            await (plan.Kind == "hostile" ? Hostile(plan, http, stop) : Honest(plan, http, stop));
            return 0;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or System.Net.Sockets.SocketException or JsonException)
        {
            Tell(new LoadNews { What = "failed", Trouble = e.Message });
            return 1;
        }
    }

    private static async Task Honest(LoadPlan plan, HttpClient http, CancellationToken stop)
    {
        IWire wire = plan.Wire switch
        {
            "story" => new StoryWire(http, plan.JoinCode),
            "hub" => new BareHubWire(),
            "socket.io" => new SocketIoWire(),
            "colyseus" => new ColyseusWire(http),
            _ => throw new IOException($"There is no wire '{plan.Wire}'."),
        };
        var (before, coming) = (ProcessGauge.RssKb(plan.ServerPid), Stretch.Begin(plan));
        await using var crowd = new Crowd(plan, wire);
        using var evening = new Evening(plan, crowd);
        await crowd.Arrive(stop);
        await Task.Delay(Quiet, stop);
        Tell(coming.End("seated") with { RssBefore = before, RssSeated = ProcessGauge.RssKb(plan.ServerPid) });
        if (plan.StandSeconds > 0) await StandAndReturn(plan, crowd, stop);
        if (plan.Kind == "hall")
        {
            for (var i = 0; i < plan.Rounds; i++) Tell(await evening.Round(await evening.Opened(stop), stop));
        }
        else if (plan.Wire == "story")
        {
            var opened = await evening.Opened(stop);
            var news = await Storm.Run(plan, crowd, opened.Round, opened.Options, stop);
            var decided = await evening.Decided(opened.Round, stop);
            Tell(news with
            {
                Decided = decided.Counts, DecidedVoters = decided.Voters, SealMs = decided.NowMs - decided.DeadlineMs - StageSeen.SealMs,
            });
        }
        else
        {
            Tell(await Storm.Run(plan, crowd, 0, plan.Options, stop));
        }
    }

    private static async Task StandAndReturn(LoadPlan plan, Crowd crowd, CancellationToken stop)
    {
        var standing = Stretch.Begin(plan);
        await Task.Delay(TimeSpan.FromSeconds(plan.StandSeconds), stop);
        Tell(standing.End("stood"));
        var returning = Stretch.Begin(plan);
        crowd.Leave();
        await crowd.Arrive(stop);
        await Task.Delay(Quiet, stop);
        Tell(returning.End("back"));
    }

    private static async Task Hostile(LoadPlan plan, HttpClient http, CancellationToken stop)
    {
        using var crowd = new HostileCrowd(plan, new StoryWire(http, plan.JoinCode));
        await crowd.Arrive(stop);
        Tell(new LoadNews { What = "seated" });
        while (await Told(stop) == "go")
        {
            using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var attack = crowd.Attack(rest.Token);
            var told = await Told(stop);
            await rest.CancelAsync();
            Tell(await attack);
            if (told != "rest") return;
        }
    }

    /// <summary>The console's reader blocks, and it must not block the thread that polls the sockets.</summary>
    private static Task<string?> Told(CancellationToken stop) => Task.Run(Console.In.ReadLine, stop);

    private static void Tell(LoadNews news)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(news, Json));
        Console.Out.Flush();
    }
}

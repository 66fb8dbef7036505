using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Preflight;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>The big screens' hub.</summary>
[Authorize(Policies.Wall)]
internal sealed class WallHub(SessionFeeds feeds, WallTests tests, GatewayOptions options, GatewayMeter meter, TimeProvider time)
    : StoryHub(options, meter, time)
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        Attached.Follow(Context, feeds.Of(Context.User!.Session()), FeedClass.Wall);
    }

    /// <summary>The whole present, after every (re)connect.</summary>
    /// <exception cref="HubException">The session does not answer now.</exception>
    public async Task<WallNow> Now()
    {
        var present = await Attached.Feed!.Known(Context.ConnectionAborted) ?? throw new HubException("busy");
        return new WallNow(present.Stage, present.Tally, tests.Up(Attached.Feed!.Id, present.Stage.Phase));
    }

    /// <summary>A line is on the screen: the session measures dead air by it.</summary>
    public async Task Shown(ShownLine? line)
    {
        if (line is null || line.Beat < 0 || line.Line < 0 || Attached.Feed is not { } feed) return;
        await feed.Session.Shown(line.Beat, line.Line);
    }

    /// <summary>The test picture is on the screen, and what has been heard of its tone.</summary>
    public void Tested(TestReport? report)
    {
        if (report is null || Attached.Feed is not { } feed) return;
        tests.Take(feed.Id, report);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>The operator's hub.</summary>
[Authorize(Policies.Staff)]
internal sealed class ConsoleHub(
    SessionFeeds feeds, IClusterClient cluster, GatewayOptions options, GatewayMeter meter, TimeProvider time)
    : StoryHub(options, meter, time)
{
    private const int LongestReason = 200;

    /// <summary>Follows a session from now on, and the one before no longer.</summary>
    /// <exception cref="HubException">There is no such session, or it does not answer now.</exception>
    public async Task<ConsoleNow> Watch(WatchSession? which)
    {
        if (!SessionId.TryParse(which?.Session, out var session) || !await cluster.Knows(session)) throw new HubException(Refusals.NoSession.Code);
        var feed = feeds.Of(session);
        var present = await feed.Known(Context.ConnectionAborted) ?? throw new HubException(Refusals.NoSession.Code);
        Attached.Follow(Context, feed, FeedClass.Console);
        return new ConsoleNow(present.Stage, present.Tally, feed.Show(present.Health), feed.Health);
    }

    /// <summary>Gives a command; only operators may.</summary>
    public async Task<Answer> Operate(OperateSession? command)
    {
        if (!Context.User!.IsInRole(Policies.Operator)) return Refuse(Refusals.NotYours);
        if (command is null || !SessionId.TryParse(command.Session, out var session) || !await cluster.Knows(session)) return Refuse(Refusals.NoSession);
        // Codes are printed over REST, where the print and the record of it are one act.
        if (!EnumNames.TryRead<OperatorAction>(command.Action, out var action) || action == OperatorAction.PrintCodes
            || (command.Reason?.Length ?? 0) > LongestReason
            || !PlainWords.Are(command.Reason ?? "")
            || !PlainWords.Are(command.Words ?? ""))
        {
            return Refuse(Refusals.BadCommand);
        }

        var outcome = await cluster.Session(session).Operate(
            new OperatorCommand(action, Context.User!.Identity!.Name!, command.Reason ?? "", command.Seconds, command.Shift, command.Seat, Words: command.Words, Option: command.Option));
        return outcome.Refusal is { } refusal ? Refuse(refusal) : new Answer(null);
    }

    private Answer Refuse(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new Answer(refusal);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.House;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>The operator's hub.</summary>
[Authorize(Policies.Staff)]
internal sealed class ConsoleHub(
    SessionFeeds feeds, HouseFeed house, IClusterClient cluster, GatewayOptions options, GatewayMeter meter, TimeProvider time)
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

    /// <summary>Looks at all screenings from now on, besides the session it follows.</summary>
    public async Task<HouseNow> WatchHouse()
    {
        Attached.FollowHouse(Context, house);
        return await house.Now();
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

    /// <summary>The remarks somebody still has to do with; for operators and directors.</summary>
    /// <exception cref="HubException">There is no such session, or this is not the caller's to read.</exception>
    public async Task<RemarkQueue> Remarks(WatchSession? which)
    {
        if (!ReadsRemarks) throw new HubException(Refusals.NotYours.Code);
        if (!SessionId.TryParse(which?.Session, out var session) || !await cluster.Knows(session)) throw new HubException(Refusals.NoSession.Code);
        return await cluster.Session(session).Remarks();
    }

    /// <summary>Decides about a remark; operators and directors may.</summary>
    public async Task<Answer> Judge(JudgeInSession? judgement)
    {
        if (!ReadsRemarks) return Refuse(Refusals.NotYours);
        if (judgement is null || !SessionId.TryParse(judgement.Session, out var session) || !await cluster.Knows(session)) return Refuse(Refusals.NoSession);
        if (!Guid.TryParse(judgement.Remark, out var remark) || !EnumNames.TryRead<RemarkVerdict>(judgement.Verdict, out var verdict)) return Refuse(Refusals.BadCommand);
        var outcome = await cluster.Session(session).Judge(new JudgeRemark(remark, verdict, Context.User!.Identity!.Name!));
        return outcome.Refusal is { } refusal ? Refuse(refusal) : new Answer(null);
    }

    /// <summary>The suggestions for the beat on the wall, by likeness; for operators and directors.</summary>
    /// <exception cref="HubException">There is no such session, or this is not the caller's to read.</exception>
    public async Task<TurnQueue> Turns(WatchSession? which)
    {
        if (!ReadsRemarks) throw new HubException(Refusals.NotYours.Code);
        if (!SessionId.TryParse(which?.Session, out var session) || !await cluster.Knows(session)) throw new HubException(Refusals.NoSession.Code);
        return await cluster.Session(session).Suggestions();
    }

    /// <summary>Decides about suggestions that are alike; operators and directors may, and directors may word them.</summary>
    public async Task<Answer> JudgeTurn(JudgeTurnInSession? judgement)
    {
        if (!ReadsRemarks || (judgement?.Words is not null && !Context.User!.IsInRole(Policies.Director))) return Refuse(Refusals.NotYours);
        if (judgement is null || !SessionId.TryParse(judgement.Session, out var session) || !await cluster.Knows(session)) return Refuse(Refusals.NoSession);
        if (!Guid.TryParse(judgement.Suggestion, out var id) || !EnumNames.TryRead<SuggestionVerdict>(judgement.Verdict, out var verdict)) return Refuse(Refusals.BadCommand);
        var outcome = await cluster.Session(session).JudgeSuggestion(new JudgeSuggestion(id, verdict, Context.User!.Identity!.Name!, judgement.Words));
        return outcome.Refusal is { } refusal ? Refuse(refusal) : new Answer(null);
    }

    private bool ReadsRemarks => Context.User!.IsInRole(Policies.Operator) || Context.User!.IsInRole(Policies.Director);

    private Answer Refuse(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new Answer(refusal);
    }
}

using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>
/// Holds every seat to its pace; HTTP rate limits do not see hub calls. What is refused gets an answer, never silence.
/// </summary>
internal sealed class Allowances(GatewayMeter meter, SparingLog log) : IHubFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.Context.Features.Get<Attachment>() is not { } attachment) throw new HubException(Refusals.Busy.Code);
        var bucket = invocationContext.HubMethodName switch
        {
            nameof(AudienceHub.Cast) => attachment.Seat?.Casts,
            nameof(AudienceHub.Feel) => attachment.Seat?.Feels,
            // Walls report every line and never type.
            nameof(WallHub.Shown) => null,
            _ => attachment.Seat?.Others ?? attachment.Others,
        };
        if (bucket is null || bucket.Take()) return Guard(invocationContext, next);
        return new ValueTask<object?>(Refuse(invocationContext.HubMethodName, Refusals.SlowDown));
    }

    /// <summary>A session that cannot answer is "busy" to whoever asked; the reason is for the log.</summary>
    private async ValueTask<object?> Guard(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            log.Failed(call.HubMethodName, e);
            return Refuse(call.HubMethodName, Refusals.Busy);
        }
    }

    private object Refuse(string method, Refusal refusal)
    {
        // Where the answer has no place for a refusal its code is the error, which the protocol counts with all others.
        object answer = method switch
        {
            nameof(AudienceHub.Cast) => new CastAnswer(null, refusal),
            nameof(AudienceHub.Feel) or nameof(ConsoleHub.Operate) or nameof(ConsoleHub.Judge) or nameof(ConsoleHub.JudgeTurn) => new Answer(refusal),
            nameof(AudienceHub.Remark) => new RemarkTaken(null, 0, refusal),
            nameof(AudienceHub.Suggest) => new SuggestionTaken(null, 0, refusal),
            _ => throw new HubException(refusal.Code),
        };
        meter.Refused(refusal.Code);
        return answer;
    }
}

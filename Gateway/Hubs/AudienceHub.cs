using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>The phones' hub. Each method takes one record and checks it itself; docs/protocol.md is the contract.</summary>
[Authorize(Policies.Viewer)]
internal sealed class AudienceHub(
    SessionFeeds feeds, IClusterClient cluster, GatewayOptions options, GatewayMeter meter, TimeProvider time)
    : StoryHub(options, meter, time)
{
    private const int HighestNumber = 1_000_000;
    private int? _seat;

    private static Refusal Banned => Rules.Sessions.Refusals.Banned;

    /// <summary>Read once: a phone's hub lives as long as its line.</summary>
    private int Seat => _seat ??= Context.User!.Seat();

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        var feed = feeds.Of(Context.User!.Session());
        if (feed.Seats.Arrive(Seat) is { } seat) Attached.Follow(Context, feed, FeedClass.Phone, seat);
        else Context.Abort();
    }

    /// <summary>The whole present and this seat's standing ballot, after every (re)connect.</summary>
    /// <exception cref="HubException">The session does not answer now.</exception>
    public async Task<PhoneNow> Now()
    {
        var present = await Attached.Feed!.Known(Context.ConnectionAborted) ?? throw new HubException("busy");
        Receipt? standing = null;
        if (present.Stage.Round is { } round)
        {
            var shard = new AudienceKey(Context.User!.Session(), Shards.Of(Seat, present.Shards));
            standing = await cluster.Audience(shard).Standing(round.Round, Seat);
        }

        // What was pushed while the shard answered is in the present by now.
        present = Attached.Feed!.Present ?? present;
        return new PhoneNow(present.Stage, present.Tally, standing is null ? null : present.Proven(standing), Seat);
    }

    /// <summary>Votes.</summary>
    public async Task<CastAnswer> Cast(CastBallot? ballot)
    {
        var arrived = Time.GetUtcNow();
        var started = Time.GetTimestamp();
        if (ballot is null || ballot.N is < 1 or > HighestNumber) return Refuse(Refusals.BadBallot);
        if (ballot.Choice is null) return Refuse(Refusals.BadChoice);
        if (Attached.Feed is not { } feed) return Refuse(Refusals.Busy);
        if (await feed.Known(Context.ConnectionAborted) is not { } present) return Busy(ballot);

        if (present.Banned.Contains(Seat)) return Refuse(Banned);
        var stage = present.Stage;
        if (stage.Phase == SessionPhase.Paused) return Refuse(Refusals.Held);
        if (stage.Round is not { } round || round.Round < ballot.Round) return Ahead(ballot, stage);
        if (round.Round > ballot.Round || round.State != RoundState.Open) return Refuse(Refusals.RoundClosed);
        if (arrived > DateTimeOffset.FromUnixTimeMilliseconds(round.DeadlineMs) + Options.Grace) return Refuse(Refusals.RoundClosed);
        if (Ballots.Canonical(round.Rule, round.Options.Length, ballot.Choice) is not { } choice) return Refuse(Refusals.BadChoice);

        var terms = new RoundTerms(round.Round, round.Options.Length, round.Rule);
        using var span = GatewayTracing.Vote(round.Round);
        var receipt = await feed.Ballots.Cast(present.Shards, terms, new Ballot(Seat, ballot.N, choice));
        var took = Time.GetElapsedTime(started);
        Meter.Cast(receipt.Status, took);
        span?.SetTag("story.shard", receipt.Shard).SetTag("story.status", receipt.Status.ToString());
        if (receipt.Status == ReceiptStatus.Counted) feed.Acks.Add(took);
        return new CastAnswer(present.Proven(receipt), null);
    }

    /// <summary>Tells a feeling.</summary>
    public async Task<Answer> Feel(SendFeeling? tap)
    {
        if (tap is null || tap.Intensity is < 1 or > 3 || !EnumNames.TryRead<Feeling>(tap.Feeling, out var feeling))
        {
            return new Answer(Refusals.BadFeeling);
        }

        if (Attached.Feed is not { } feed || await feed.Known(Context.ConnectionAborted) is not { } present) return new Answer(Refusals.Busy);
        if (present.Stage.Phase == SessionPhase.Paused) return new Answer(Refusals.Held);
        if (present.Stage.Phase != SessionPhase.Playing) return new Answer(Refusals.NotPlaying);
        feed.Ballots.Feel(present.Shards, new FeelingTap(Seat, feeling, tap.Intensity));
        return new Answer(null);
    }

    /// <summary>
    /// A round this gateway does not know yet is either one that its session has just opened and another gateway has
    /// heard of (try again), or none at all.
    /// </summary>
    private CastAnswer Ahead(CastBallot ballot, Stage stage) =>
        stage.Phase == SessionPhase.Playing && ballot.Round >= 0 && ballot.Round == (stage.Round?.Round + 1 ?? stage.Beat?.Ordinal ?? 0)
            ? Busy(ballot)
            : Refuse(Refusals.RoundClosed);

    private CastAnswer Busy(CastBallot ballot) =>
        new(new Receipt(ReceiptStatus.Busy, ballot.Round, Seat, 0, "", 0, 0), null);

    private CastAnswer Refuse(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new CastAnswer(null, refusal);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Suggestions;
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
    private int? _sitting;

    /// <summary>Read once: a phone's hub lives as long as its line.</summary>
    private int Seat => _seat ??= Context.User!.Seat();

    private int Sitting => _sitting ??= Context.User!.Sitting();

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        var feed = feeds.Of(Context.User!.Session());
        if (feed.Seats.Arrive(Seat) is not { } seat)
        {
            Context.Abort();
            return;
        }

        Attached.Follow(Context, feed, FeedClass.Phone, seat, Sitting);
        // Asked only now that the feed can send this phone away: what it learns from here on it does itself.
        if (feed.Present?.Over(Seat, Sitting) is { } why) Attached.Dismiss(why);
    }

    /// <summary>The whole present and this seat's standing ballot, after every (re)connect.</summary>
    /// <exception cref="HubException">The session does not answer now, or the ticket is void.</exception>
    public async Task<PhoneNow> Now()
    {
        var present = await Attached.Feed!.Known(Context.ConnectionAborted) ?? throw new HubException("busy");
        if (present.Over(Seat, Sitting) is { } over) throw new HubException(over.Code);
        Receipt? standing = null;
        if (present.Stage.Round is { } round)
        {
            var shard = new AudienceKey(Context.User!.Session(), Shards.Of(Seat, present.Shards));
            standing = await cluster.Audience(shard).Standing(round.Round, Seat);
        }

        // What was pushed while the shard answered is in the present by now.
        present = Attached.Feed?.Present ?? present;
        if (present.Over(Seat, Sitting) is { } since) throw new HubException(since.Code);
        return new PhoneNow(Fanout.Present.ForPhones(present.Stage), present.Tally, standing is null ? null : present.Proven(standing), Seat);
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

        if (present.Over(Seat, Sitting) is { } over) return Refuse(over);
        var stage = present.Stage;
        if (stage.Phase == SessionPhase.Paused) return Refuse(Refusals.Held);
        if (stage.Round is not { } round || round.Round < ballot.Round) return Ahead(ballot, stage);
        if (round.Round > ballot.Round || round.State != RoundState.Open) return Refuse(Refusals.RoundClosed);
        if (arrived > DateTimeOffset.FromUnixTimeMilliseconds(round.DeadlineMs) + Options.Grace) return Refuse(Refusals.RoundClosed);
        if (Ballots.Canonical(round.Rule, round.Options.Length, ballot.Choice) is not { } choice) return Refuse(Refusals.BadChoice);

        var terms = new RoundTerms(round.Round, round.Options.Length, round.Rule);
        using var span = GatewayTracing.Vote(round.Round);
        var receipt = await feed.Ballots.Cast(present.Shards, terms, new Ballot(Seat, ballot.N, choice, Sitting));
        if (receipt.Status == ReceiptStatus.Parted) return Parted(feed);
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
            return NotFelt(Refusals.BadFeeling);
        }

        if (Attached.Feed is not { } feed || await feed.Known(Context.ConnectionAborted) is not { } present) return NotFelt(Refusals.Busy);
        if (present.Over(Seat, Sitting) is { } over) return NotFelt(over);
        if (present.Stage.Phase == SessionPhase.Paused) return NotFelt(Refusals.Held);
        if (present.Stage.Phase != SessionPhase.Playing) return NotFelt(Refusals.NotPlaying);
        if (present.Stage.FeelingsOff) return NotFelt(RemarkRefusals.FeelingsOff);
        if (present.Muted.Contains(Seat)) return NotFelt(RemarkRefusals.Muted);
        feed.Ballots.Feel(present.Shards, new FeelingTap(Seat, feeling, tap.Intensity));
        return new Answer(null);
    }

    /// <summary>
    /// Sends a remark. What this gateway can see is refused here, without troubling the session and without costing the
    /// seat its turn; the session, which knows of every gateway, decides.
    /// </summary>
    public async Task<RemarkTaken> Remark(SendRemark? remark)
    {
        if (Attached is not { Feed: { } feed, Seat: { } seat } || await feed.Known(Context.ConnectionAborted) is not { } present) return NotTaken(Refusals.Busy);
        if (present.Over(Seat, Sitting) is { } over) return NotTaken(over);
        if (!present.Stage.RemarksOn) return NotTaken(RemarkRefusals.Off);
        if (present.Muted.Contains(Seat)) return NotTaken(RemarkRefusals.Muted);
        if (!RemarkRules.IsTime(present.Stage)) return NotTaken(RemarkRefusals.NotNow);
        if (RemarkWords.Clean(remark?.Words) is not { } words) return NotTaken(RemarkRefusals.BadRemark);
        if (!seat.Remarks.Take()) return NotTaken(RemarkRefusals.TooSoon);
        var taken = await feed.Session.Remark(Seat, Sitting, words);
        if (taken.Refusal is not { } refusal) return taken;
        // Whose remark was too late, or met a busy journal, has not had a turn; a full queue or a pace has answered it.
        if (refusal.Code != RemarkRefusals.Later.Code && refusal.Code != RemarkRefusals.TooSoon.Code) seat.Remarks.PutBack();
        Meter.Refused(refusal.Code);
        return taken;
    }

    /// <summary>
    /// Suggests a turn. What this gateway can see is refused here, as with remarks; the session, which knows of every
    /// gateway, decides.
    /// </summary>
    public async Task<SuggestionTaken> Suggest(SendSuggestion? suggestion)
    {
        if (Attached is not { Feed: { } feed, Seat: { } seat } || await feed.Known(Context.ConnectionAborted) is not { } present) return NotSuggested(Refusals.Busy);
        if (present.Over(Seat, Sitting) is { } over) return NotSuggested(over);
        if (!present.Stage.TurnsOn) return NotSuggested(TurnRefusals.Off);
        if (present.Muted.Contains(Seat)) return NotSuggested(RemarkRefusals.Muted);
        if (!present.Stage.TurnsOpen) return NotSuggested(TurnRefusals.NotNow);
        if (SuggestionWords.Clean(suggestion?.Words) is not { } words) return NotSuggested(TurnRefusals.BadSuggestion);
        if (!seat.Suggestions.Take()) return NotSuggested(TurnRefusals.TooSoon);
        var taken = await feed.Session.Suggest(Seat, Sitting, words);
        if (taken.Refusal is not { } refusal) return taken;
        // Whose words may not be shown is asked for others at once; a pace, or a full scene, has answered.
        if (refusal.Code != TurnRefusals.Later.Code && refusal.Code != TurnRefusals.Enough.Code && refusal.Code != TurnRefusals.TooSoon.Code) seat.Suggestions.PutBack();
        Meter.Refused(refusal.Code);
        return taken;
    }

    /// <summary>What became of this seat's newest suggestion for the present beat; <see langword="null"/> if there is none.</summary>
    /// <exception cref="HubException">The session does not answer now, or the ticket is void.</exception>
    public async Task<OwnSuggestion?> Suggested()
    {
        var present = await Attached.Feed!.Known(Context.ConnectionAborted) ?? throw new HubException("busy");
        if (present.Over(Seat, Sitting) is { } over) throw new HubException(over.Code);
        return present.Stage.TurnsOn ? await Attached.Feed!.Session.Suggested(Seat, Sitting) : null;
    }

    /// <summary>
    /// A round this gateway does not know yet is either one that its session has just opened and another gateway has
    /// heard of (try again), or none at all.
    /// </summary>
    private CastAnswer Ahead(CastBallot ballot, Stage stage) =>
        stage.Phase == SessionPhase.Playing && ballot.Round >= 0 && ballot.Round == stage.NextRound
            ? Busy(ballot)
            : Refuse(Refusals.RoundClosed);

    /// <summary>The shard knows of a new sitting before this gateway does; the next renewal sends the phone away.</summary>
    private CastAnswer Parted(SessionFeed feed)
    {
        _ = feed.Renew();
        return Refuse(feed.Present?.Over(Seat, Sitting) ?? Rules.Sessions.Refusals.Kicked);
    }

    private CastAnswer Busy(CastBallot ballot) =>
        new(new Receipt(ReceiptStatus.Busy, ballot.Round, Seat, 0, "", 0, 0), null);

    private CastAnswer Refuse(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new CastAnswer(null, refusal);
    }

    private RemarkTaken NotTaken(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new RemarkTaken(null, 0, refusal);
    }

    private SuggestionTaken NotSuggested(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new SuggestionTaken(null, 0, refusal);
    }

    private Answer NotFelt(Refusal refusal)
    {
        Meter.Refused(refusal.Code);
        return new Answer(refusal);
    }
}

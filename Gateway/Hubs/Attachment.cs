using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.House;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>What a connection is attached to; kept among its features for as long as it lives.</summary>
internal sealed class Attachment
{
    /// <summary>The session it follows, or <see langword="null"/> (a console that has not chosen).</summary>
    public SessionFeed? Feed { get; private set; }

    /// <summary>The seat, for phones.</summary>
    public SeatEntry? Seat { get; private set; }

    /// <summary>What may be asked apart from ballots and feelings.</summary>
    public required TokenBucket Others { get; init; }

    private Recipient? _recipient;
    private FeedClass _kind;
    private Action? _house;

    /// <summary>The attachment of a connection.</summary>
    /// <exception cref="InvalidOperationException">The connection was turned away.</exception>
    public static Attachment Of(HubCallerContext context) =>
        context.Features.Get<Attachment>() ?? throw new InvalidOperationException("This connection is attached to nothing.");

    /// <summary>Follows a session, and no longer the one before.</summary>
    public void Follow(HubCallerContext context, SessionFeed feed, FeedClass kind, SeatEntry? seat = null, int sitting = 0)
    {
        DetachFeed();
        var target = context.Features.Get<IPushTarget>() ?? throw new InvalidOperationException("The connection was not captured.");
        (Feed, Seat, _kind, _recipient) = (feed, seat, kind, feed.Recipient(target));
        feed.Join(_recipient, kind);
        if (seat is not null) feed.Seats.Follow(seat, _recipient, sitting);
    }

    /// <summary>Tells the client why it must leave, and ends the connection.</summary>
    public void Dismiss(Refusal why) => _recipient?.Dismiss(Push.Goodbye(why));

    /// <summary>Looks at the house besides, from now on.</summary>
    public void FollowHouse(HubCallerContext context, HouseFeed house)
    {
        if (_house is not null) return;
        var target = context.Features.Get<IPushTarget>() ?? throw new InvalidOperationException("The connection was not captured.");
        _house = house.Follow(target);
    }

    /// <summary>Follows nothing any more.</summary>
    public void Detach()
    {
        _house?.Invoke();
        _house = null;
        DetachFeed();
    }

    private void DetachFeed()
    {
        if (Feed is null || _recipient is null) return;
        Feed.Leave(_recipient, _kind);
        if (Seat is not null) Feed.Seats.Leave(Seat, _recipient);
        (Feed, Seat, _recipient) = (null, null, null);
    }
}

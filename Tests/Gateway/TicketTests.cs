using Microsoft.AspNetCore.DataProtection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class TicketTests
{
    private readonly ManualClock _clock = new();
    private readonly Tickets _tickets;
    private readonly ViewerTicket _seat = new(SessionId.New(DateTimeOffset.UnixEpoch), 17, ViewerId.New());

    public TicketTests() => _tickets = new Tickets(new EphemeralDataProtectionProvider(), new GatewayOptions(), _clock);

    [Fact]
    public void A_ticket_says_what_it_was_issued_for()
    {
        var (ticket, expires) = _tickets.Issue(_seat);
        _tickets.TryRead(ticket, out var read).ShouldBeTrue();
        read.ShouldBe(_seat);
        expires.ShouldBe(_clock.GetUtcNow().AddHours(6).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void A_ticket_lapses_after_its_lifetime_and_not_before()
    {
        var (ticket, _) = _tickets.Issue(_seat);
        _clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMilliseconds(1));
        _tickets.TryRead(ticket, out _).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _tickets.TryRead(ticket, out _).ShouldBeFalse();
    }

    [Fact]
    public void One_changed_letter_anywhere_makes_a_ticket_worthless()
    {
        var (ticket, _) = _tickets.Issue(_seat);
        for (var i = 0; i < ticket.Length; i++)
        {
            // The last letter of a base64 text carries bits that decode to nothing; flipping a high bit always matters.
            var forged = ticket.ToCharArray();
            forged[i] = forged[i] == 'A' ? 'Q' : 'A';
            _tickets.TryRead(new string(forged), out _).ShouldBeFalse($"letter {i}");
        }
    }

    [Fact]
    public void Tickets_and_device_strings_never_pass_for_one_another()
    {
        var (seat, _) = _tickets.Issue(_seat);
        var wall = _tickets.IssueWall(_seat.Session);
        var device = _tickets.IssueDevice(_seat.Viewer);
        _tickets.TryReadWall(seat, out _).ShouldBeFalse();
        _tickets.TryReadDevice(seat, out _).ShouldBeFalse();
        _tickets.TryRead(wall, out _).ShouldBeFalse();
        _tickets.TryReadDevice(wall, out _).ShouldBeFalse();
        _tickets.TryRead(device, out _).ShouldBeFalse();
        _tickets.TryReadWall(device, out _).ShouldBeFalse();
    }

    [Fact]
    public void Another_halls_tickets_are_not_ours()
    {
        var other = new Tickets(new EphemeralDataProtectionProvider(), new GatewayOptions(), _clock);
        _tickets.TryRead(other.Issue(_seat).Ticket, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 !")]
    [InlineData("AAAA")]
    public void Nonsense_is_refused_without_an_exception(string nonsense)
    {
        _tickets.TryRead(nonsense, out _).ShouldBeFalse();
        _tickets.TryRead(new string('A', 100_000), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_wall_ticket_lasts_twelve_hours()
    {
        var ticket = _tickets.IssueWall(_seat.Session);
        _clock.Advance(TimeSpan.FromHours(11.9));
        _tickets.TryReadWall(ticket, out var session).ShouldBeTrue();
        session.ShouldBe(_seat.Session);
        _clock.Advance(TimeSpan.FromHours(0.2));
        _tickets.TryReadWall(ticket, out _).ShouldBeFalse();
    }
}

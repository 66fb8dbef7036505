using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Auth;

/// <summary>A viewer's right to one sitting of one seat of one session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="Viewer">Who sits there.</param>
/// <param name="Sitting">The seat's sitting, from 0; when it has ended the ticket is void.</param>
internal readonly record struct ViewerTicket(SessionId Session, int Seat, ViewerId Viewer, int Sitting = 0);

/// <summary>
/// Issues and reads viewer tickets, wall tickets and device strings. All three are sealed by data protection under
/// purposes of their own, so one never passes for another, and the server keeps no list of them.
/// </summary>
internal sealed class Tickets(IDataProtectionProvider protection, GatewayOptions options, TimeProvider time)
{
    private readonly IDataProtector _viewers = protection.CreateProtector("Orleans.Story", "viewer-ticket", "v1");
    private readonly IDataProtector _walls = protection.CreateProtector("Orleans.Story", "wall-ticket", "v1");
    private readonly IDataProtector _devices = protection.CreateProtector("Orleans.Story", "device", "v1");

    /// <summary>A ticket for a seat and when it lapses, UTC milliseconds.</summary>
    public (string Ticket, long ExpiresMs) Issue(ViewerTicket ticket)
    {
        var expires = Expiry(options.ViewerTicketLifetime);
        Span<byte> body = stackalloc byte[48];
        BinaryPrimitives.WriteInt64LittleEndian(body, expires);
        ticket.Session.Value.TryWriteBytes(body[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(body[24..], ticket.Seat);
        ticket.Viewer.Value.TryWriteBytes(body[28..]);
        BinaryPrimitives.WriteInt32LittleEndian(body[44..], ticket.Sitting);
        return (Seal(_viewers, body), expires);
    }

    /// <summary>Reads a viewer ticket; false when it was forged, is for something else, or has lapsed.</summary>
    public bool TryRead(string sealedTicket, out ViewerTicket ticket)
    {
        ticket = default;
        if (Open(_viewers, sealedTicket) is not { Length: 48 } body || Lapsed(body)) return false;
        ticket = new ViewerTicket(
            new SessionId(new Guid(body.AsSpan(8, 16))),
            BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(24)),
            new ViewerId(new Guid(body.AsSpan(28, 16))),
            BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(44)));
        return true;
    }

    /// <summary>A wall's ticket for one session.</summary>
    public string IssueWall(SessionId session)
    {
        Span<byte> body = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(body, Expiry(options.WallTicketLifetime));
        session.Value.TryWriteBytes(body[8..]);
        return Seal(_walls, body);
    }

    /// <summary>Reads a wall ticket; false when it was forged, is for something else, or has lapsed.</summary>
    public bool TryReadWall(string sealedTicket, out SessionId session)
    {
        session = default;
        if (Open(_walls, sealedTicket) is not { Length: 24 } body || Lapsed(body)) return false;
        session = new SessionId(new Guid(body.AsSpan(8, 16)));
        return true;
    }

    /// <summary>What a device keeps to be recognized; it does not lapse while the keys live.</summary>
    public string IssueDevice(ViewerId viewer)
    {
        Span<byte> body = stackalloc byte[16];
        viewer.Value.TryWriteBytes(body);
        return Seal(_devices, body);
    }

    /// <summary>Reads a device string; false when this server never issued it.</summary>
    public bool TryReadDevice(string? device, out ViewerId viewer)
    {
        viewer = default;
        if (device is null || Open(_devices, device) is not { Length: 16 } body) return false;
        viewer = new ViewerId(new Guid(body));
        return true;
    }

    private static string Seal(IDataProtector protector, ReadOnlySpan<byte> body) =>
        WebEncoders.Base64UrlEncode(protector.Protect(body.ToArray()));

    private static byte[]? Open(IDataProtector protector, string text)
    {
        if (text.Length is 0 or > 512) return null;
        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private long Expiry(TimeSpan lifetime) => time.GetUtcNow().Add(lifetime).ToUnixTimeMilliseconds();

    private bool Lapsed(byte[] body) =>
        BinaryPrimitives.ReadInt64LittleEndian(body) <= time.GetUtcNow().ToUnixTimeMilliseconds();
}

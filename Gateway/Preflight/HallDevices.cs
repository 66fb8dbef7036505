using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Orleans.Story.Gateway.Preflight;

/// <summary>
/// Whether devices that are not this machine come through to it: the newest that opened a page for viewers, and how many hold a
/// line now. One address is kept, in memory, and nothing else of anybody.
/// </summary>
internal sealed class HallDevices(TimeProvider time)
{
    /// <summary>This machine's addresses are looked up again so often: it may join the venue's network after the start.</summary>
    private static readonly TimeSpan OwnFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private HashSet<IPAddress> _own = [];
    private long _ownAt;
    private bool _ownKnown;
    private IPAddress? _device;
    private long _seenMs;
    private double? _tripMs;
    private int _lines;

    /// <summary>The newest device from the hall: when, which, and the round trip it measured.</summary>
    public (long SeenMs, string? Device, double? TripMs) Newest
    {
        get
        {
            lock (_gate) return (_lines > 0 ? time.GetUtcNow().ToUnixTimeMilliseconds() : _seenMs, _device?.ToString(), _tripMs);
        }
    }

    /// <summary>A device asked for something only viewers ask for. This machine's own asking counts for nothing.</summary>
    /// <param name="address">From where.</param>
    /// <param name="tripMs">A round trip it measured, milliseconds, or <see langword="null"/>.</param>
    public void Saw(IPAddress? address, double? tripMs = null)
    {
        if (Foreign(address) is not { } device) return;
        lock (_gate)
        {
            if (!device.Equals(_device)) (_device, _tripMs) = (device, null);
            _seenMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (tripMs is { } measured && double.IsFinite(measured) && measured is >= 0 and < 60_000) _tripMs = measured;
        }
    }

    /// <summary>A device holds a line for as long as <paramref name="line"/> runs.</summary>
    public async Task Hold(IPAddress? address, Func<Task> line)
    {
        if (Foreign(address) is null)
        {
            await line();
            return;
        }

        Saw(address);
        lock (_gate) _lines++;
        try
        {
            await line();
        }
        finally
        {
            lock (_gate)
            {
                _lines--;
                _seenMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            }
        }
    }

    private IPAddress? Foreign(IPAddress? address)
    {
        if (address is null) return null;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || Own().Contains(plain) ? null : plain;
    }

    private HashSet<IPAddress> Own()
    {
        lock (_gate)
        {
            if (_ownKnown && time.GetElapsedTime(_ownAt) < OwnFor) return _own;
            (_own, _ownAt, _ownKnown) = (Find(), time.GetTimestamp(), true);
            return _own;
        }
    }

    private static HashSet<IPAddress> Find()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses)
                    .Select(unicast => unicast.Address)
                    // A scope is where an address is seen from, and no part of it.
                    .Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}

/// <summary>Tells <see cref="HallDevices"/> who came. A page asked for is one device; a phone's line is one for as long as it is open.</summary>
internal sealed class HallDoorbell(RequestDelegate next, HallDevices devices)
{
    /// <summary>Handles one request.</summary>
    public Task Invoke(HttpContext context)
    {
        var path = context.Request.Path;
        if (path == "/" || path == "/play") devices.Saw(context.Connection.RemoteIpAddress);
        else if (path == Paths.AudienceHub) return devices.Hold(context.Connection.RemoteIpAddress, () => next(context));
        return next(context);
    }
}

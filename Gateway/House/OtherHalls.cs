using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.House;

namespace Orleans.Story.Gateway.House;

/// <summary>
/// The other halls of a chain, each asked by its configured address and no other: redirects are not followed, cookies and
/// proxies of the environment not used. A hall that is down, slow or lying costs the others nothing and is shown as what
/// it is.
/// </summary>
internal sealed class OtherHalls : IDisposable
{
    /// <summary>Bytes of an answer at most: fifty screenings are a tenth of it. More is no answer of a hall.</summary>
    internal const int LongestAnswer = 512 * 1024;

    /// <summary>How long a hall may take to answer, its whole body included.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How often a hall is asked at most.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    /// <summary>Characters of anything that another hall says; longer ones are cut.</summary>
    private const int LongestWords = 300;

    private readonly Hall[] _halls;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Nobody is asked yet.</summary>
    public OtherHalls(GatewayOptions options, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = Patience,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 16,
            // Who says too much is hung up on, not listened to a little longer.
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        _halls = [.. options.House.Halls.Select(hall => new Hall(hall, nowMs))];
    }

    /// <summary>The halls as they answered last.</summary>
    public ImmutableArray<OtherHall> Now => [.. _halls.Select(hall => hall.Now)];

    /// <summary>Asks every hall whose turn it is, and returns at once; who has not answered yet is not asked again.</summary>
    public void Ask()
    {
        foreach (var hall in _halls)
        {
            if (hall.Asking is { IsCompleted: false } || (hall.Asked is { } then && _time.GetElapsedTime(then) < Every)) continue;
            hall.Asked = _time.GetTimestamp();
            hall.Asking = Ask(hall);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task Ask(Hall hall)
    {
        var (trouble, answer) = await Fetch(hall.Where);
        var before = hall.Now;
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        hall.Now = before with { Trouble = trouble, SinceMs = trouble == before.Trouble ? before.SinceMs : nowMs, Hall = answer ?? before.Hall };
    }

    private async Task<(HallTrouble Trouble, HouseHall? Answer)> Fetch(HallToWatch where)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(where.Url, Paths.Api + "/house"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", where.Token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return (HallTrouble.Refused, null);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable) return (HallTrouble.NoAnswer, null);
            if (response.StatusCode != HttpStatusCode.OK) return (HallTrouble.Unreadable, null);
            var hall = JsonSerializer.Deserialize<HouseHall>(await response.Content.ReadAsByteArrayAsync(patience.Token), Json.Options);
            return Tame(hall) is { } tamed ? (HallTrouble.None, tamed) : (HallTrouble.Unreadable, null);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return (HallTrouble.Unreadable, null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse)
        {
            return (HallTrouble.Unreadable, null);
        }
#pragma warning disable CA1031 // Whatever keeps a hall from answering, it is shown as one that does not.
        catch (Exception)
#pragma warning restore CA1031
        {
            return (HallTrouble.NoAnswer, null);
        }
    }

    /// <summary>An answer cut to what a hall can mean, or <see langword="null"/> when something of it is missing.</summary>
    private static HouseHall? Tame(HouseHall? hall)
    {
        if (hall is null || hall.Sessions.IsDefault || Tame(hall.Alarms) is not { } alarms) return null;
        var tiles = ImmutableArray.CreateBuilder<HouseTile>();
        foreach (var tile in hall.Sessions.Take(HouseGatherer.MostSessions))
        {
            if (tile is not { Session: { Title: { } title, Health: { } health } session } || Tame(tile.Alarms) is not { } rings) return null;
            tiles.Add(tile with
            {
                Alarms = rings,
                Session = session with
                {
                    Title = Cut(title),
                    Act = session.Act is { } act ? Cut(act) : null,
                    Writer = session.Writer is { } writer ? Cut(writer) : null,
                    Health = health with { Journal = null },
                },
            });
        }

        return hall with { Alarms = alarms, Sessions = tiles.ToImmutable() };
    }

    private static ImmutableArray<Alarm>? Tame(ImmutableArray<Alarm> alarms)
    {
        if (alarms.IsDefault || alarms.Any(alarm => alarm is not { What: not null, Mend: not null })) return null;
        return [.. alarms.Take(Enum.GetValues<AlarmKind>().Length).Select(alarm => alarm with { What = Cut(alarm.What), Mend = Cut(alarm.Mend) })];
    }

    /// <summary>Two languages are what the interface speaks; a title may have a few more.</summary>
    private static Text Cut(Text text) => new(Cut(text.Language), Cut(text.Words), [.. text.Others.Take(8).Select(other => new Wording(Cut(other.Language), Cut(other.Words)))]);

    private static string Cut(string words) => words.Length <= LongestWords ? words : words[..LongestWords];

    private sealed class Hall(HallToWatch where, long nowMs)
    {
        private OtherHall _now = new(where.Name, where.Url.GetLeftPart(UriPartial.Authority), HallTrouble.NotAsked, nowMs, null);

        public HallToWatch Where => where;

        public OtherHall Now
        {
            get => Volatile.Read(ref _now);
            set => Volatile.Write(ref _now, value);
        }

        public Task? Asking { get; set; }

        public long? Asked { get; set; }
    }
}

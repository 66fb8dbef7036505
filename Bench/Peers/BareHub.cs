using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orleans.Story.Bench.Peers;

/// <summary>
/// The floor: a SignalR hub as its documentation shows it, over a dictionary. No ticket, no disk, no grain, no limit, no
/// slow client; the seat is what the phone says it is.
/// </summary>
internal static class BareHub
{
    private static readonly TimeSpan TallyEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Serves until stopped.</summary>
    public static async Task<int> Run(int port, int options, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(new Book(options));
        await using var app = builder.Build();
        app.UseRouting();
        app.MapHub<Hub>("/hub", transport => transport.Transports = HttpTransportType.WebSockets);
        app.MapGet("/book", (Book book) => book.Tally());
        await app.StartAsync(stop);
        Console.WriteLine("ready");
        var hub = app.Services.GetRequiredService<IHubContext<Hub>>();
        var books = app.Services.GetRequiredService<Book>();
        using var timer = new PeriodicTimer(TallyEvery);
        while (await timer.WaitForNextTickAsync(stop)) await hub.Clients.All.SendAsync("tally", books.Tally(), stop);
        return 0;
    }

    /// <summary>A vote.</summary>
    internal sealed record Ballot(int Round, int[] Choice, int N);

    /// <summary>What stands.</summary>
    internal sealed record Receipt(string Status, int Round, int Seat, int N, string Choice);

    /// <summary>The count.</summary>
    internal sealed record Tally(long Seq, int Round, int[] Counts, int Voters);

    /// <summary>The last ballot of each seat.</summary>
    internal sealed class Book(int options)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<int, Ballot> _seats = [];
        private readonly int[] _counts = new int[options];
        private long _seq;

        /// <summary>Takes a ballot.</summary>
        public Receipt Cast(int seat, Ballot ballot)
        {
            lock (_gate)
            {
                if (_seats.TryGetValue(seat, out var standing))
                {
                    if (standing.N >= ballot.N) return new Receipt("Stale", 0, seat, standing.N, $"{standing.Choice[0]}");
                    _counts[standing.Choice[0]]--;
                }

                _seats[seat] = ballot;
                _counts[ballot.Choice[0]]++;
                return new Receipt("Counted", 0, seat, ballot.N, $"{ballot.Choice[0]}");
            }
        }

        /// <summary>The count now.</summary>
        public Tally Tally()
        {
            lock (_gate) return new Tally(++_seq, 0, [.. _counts], _seats.Count);
        }
    }

    /// <summary>The hub.</summary>
    internal sealed class Hub(Book book) : Microsoft.AspNetCore.SignalR.Hub
    {
        /// <summary>Votes.</summary>
        public Receipt Cast(Ballot ballot) => book.Cast((int)Context.Items["seat"]!, ballot);

        /// <inheritdoc/>
        public override Task OnConnectedAsync()
        {
            Context.Items["seat"] = int.Parse(Context.GetHttpContext()!.Request.Query["seat"]!, System.Globalization.CultureInfo.InvariantCulture);
            return base.OnConnectedAsync();
        }
    }
}

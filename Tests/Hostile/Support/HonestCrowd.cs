using System.Collections.Concurrent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>
/// Phones that do what the pages do, and change their minds four times a second. Each ballot is noted before it is sent, so
/// that whatever else turns up in the journal was somebody else's.
/// </summary>
internal sealed class HonestCrowd(PlayingHall hall) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private readonly List<Phone> phones = [];
    private readonly CancellationTokenSource stop = new();
    private Task voting = Task.CompletedTask;
    private int sent;
    private int receipts;

    public Ledger Ledger { get; } = new();

    /// <summary>Every ballot that may be in the journal.</summary>
    public ConcurrentDictionary<(int Seat, int N), string> Ballots { get; } = new();

    public ConcurrentQueue<string> Complaints { get; } = new();

    public int Sent => Volatile.Read(ref sent);

    public int Receipts => Volatile.Read(ref receipts);

    public IEnumerable<string> Devices => phones.Select(phone => phone.Device!);

    public async Task Seat(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var phone = new Phone(hall.Address, hall.Http);
            (await phone.Join(hall.Session.JoinCode, "en", CancellationToken.None)).ShouldBeNull();
            await phone.Connect(CancellationToken.None);
            phones.Add(phone);
        }
    }

    /// <summary>Begins to vote; returns once every phone has its first receipt.</summary>
    public async Task Begin()
    {
        foreach (var phone in phones) await Cast(phone, 1);
        voting = Task.WhenAll(phones.Select(Vote));
    }

    /// <summary>Stops; returns once nothing is on its way.</summary>
    public async Task Stop()
    {
        await stop.CancelAsync();
        await voting;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        foreach (var phone in phones) await phone.DisposeAsync();
        stop.Dispose();
    }

    private async Task Vote(Phone phone)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var n = 2; ; n++)
        {
            try
            {
                await pace.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Cast(phone, n);
        }
    }

    private async Task Cast(Phone phone, int n)
    {
        var choice = (phone.Seat + n) % 2;
        Ballots[(phone.Seat, n)] = choice.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Interlocked.Increment(ref sent);
        try
        {
            var answer = await phone.Cast(new CastBallot(0, [choice], n), CancellationToken.None).Within($"the receipt of seat {phone.Seat}");
            if (answer.Receipt is { Status: ReceiptStatus.Counted } receipt && receipt.N == n && receipt.Seat == phone.Seat)
            {
                Ledger.Record(receipt);
                Interlocked.Increment(ref receipts);
                return;
            }

            Complaints.Enqueue($"seat {phone.Seat}, ballot {n}: {answer.Receipt?.Status.ToString() ?? answer.Refusal?.Code}");
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException or OperationCanceledException)
        {
            Complaints.Enqueue($"seat {phone.Seat}, ballot {n}: {e.Message}");
        }
    }
}

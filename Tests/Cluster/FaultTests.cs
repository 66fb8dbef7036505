using System.Diagnostics;
using Orleans.Story.Tests.Cluster.Support;

namespace Orleans.Story.Tests.Cluster;

/// <summary>
/// An evening on a real cluster in which everything dies once. Each fault strikes in the middle of three open rounds; whatever was
/// acknowledged must stand, and every show must end.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Seats = 8;
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Everything_dies_once_and_no_acknowledged_ballot_is_lost()
    {
        await using var venue = await Venue.OpenOrSkipAsync();
        await using var evening = new Evening(venue, Seats, seed: 20_261_127);
        await evening.BeginAsync();

        await evening.SufferAsync("the story silo that holds the session is killed", async () =>
        {
            var holder = await evening.HolderAsync();
            holder.Kill();
            await Task.Delay(TimeSpan.FromSeconds(15));
            await holder.BackAsync();
            return "";
        });
        await evening.SufferAsync("the gpu silo is killed", async () =>
        {
            venue.Gpus[0].Kill();
            await venue.Gpus[0].BackAsync();
            return "";
        });
        await evening.SufferAsync("PostgreSQL crashes and restarts", () =>
        {
            var took = Venue.RestartPostgres();
            return Task.FromResult($"away {took.TotalSeconds:0.0} s");
        });
        await evening.SufferAsync("a gateway is killed", async () =>
        {
            venue.Gateways[0].Kill();
            await venue.Gateways[0].BackAsync();
            return "";
        });
        await evening.SufferAsync("the silo that holds the session stalls for 20 s", async () =>
        {
            var holder = await evening.HolderAsync();
            holder.Stall();
            await Task.Delay(Stalled);
            holder.GoOn();
            await Task.Delay(TimeSpan.FromSeconds(5));
            var ended = !holder.IsRunning;
            await holder.BackAsync();
            return ended ? "it ended when it woke" : "it went on";
        });
        await evening.SufferAsync("the silo that holds the session is cut from the database", async () =>
        {
            var holder = await evening.HolderAsync();
            var cut = Stopwatch.GetTimestamp();
            venue.Cable(holder).Cut();
            await Evening.Until(() => !holder.IsRunning, "the silo to step aside");
            var stepped = Stopwatch.GetElapsedTime(cut);
            venue.Cable(holder).Mend();
            await holder.BackAsync();
            return $"it stepped aside after {stepped.TotalSeconds:0.0} s";
        });
        await evening.SufferAsync("all silos are stopped and started one by one", async () =>
        {
            foreach (var silo in venue.Silos)
            {
                (await silo.StopAsync()).ShouldBe(0);
                silo.Start();
                await silo.ReadyAsync();
            }

            return "";
        });

        await evening.EndAsync();
        output.WriteLine(evening.ToString());
        Console.WriteLine(evening);
        evening.Failures.ShouldBeEmpty();
        evening.Acknowledged.ShouldBeGreaterThan(500);
    }
}

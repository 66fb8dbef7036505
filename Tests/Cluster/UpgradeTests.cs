using Orleans.Story.Tests.Cluster.Support;

namespace Orleans.Story.Tests.Cluster;

/// <summary>The cluster of the previous build becomes one of this build, process by process, under shows that play across; and part of the way back.</summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    /// <summary>Names the folder of this project's output in a checkout of the previous build.</summary>
    private const string Variable = "STORY_PREVIOUS_BUILD";

    [Fact]
    public async Task A_show_plays_across_an_upgrade_one_by_one_and_back()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } previous)
        {
            Assert.Skip($"There is no previous build here: {Variable} may name one, the output of Tests/Cluster in an older checkout.");
            throw new InvalidOperationException();
        }

        await using var venue = await Venue.OpenOrSkipAsync(build: previous);
        await using var evening = new Evening(venue, seats: 8, seed: 24, output.WriteLine);
        await evening.BeginAsync();
        await evening.SufferAsync("one story silo is of this build, the other of the previous one", () => Replace(venue.Stories.Take(1)));
        await evening.SufferAsync("the gpu silo is of this build", () => Replace(venue.Gpus));
        await evening.SufferAsync("all silos are of this build, the gateways of the previous one", () => Replace(venue.Stories.Skip(1)));
        await evening.SufferAsync("the gateways are of this build", () => Replace(venue.Gateways));
        await evening.SufferAsync("one story silo goes back to the previous build", () => Replace(venue.Stories.Take(1), previous));
        await evening.EndAsync();
        output.WriteLine(evening.Summary);
        evening.Failures.ShouldBeEmpty();
    }

    private static async Task<string> Replace(IEnumerable<Node> nodes, string? build = null)
    {
        foreach (var node in nodes)
        {
            (await node.StopAsync()).ShouldBe(0);
            node.Program = Path.Combine(build ?? AppContext.BaseDirectory, Path.GetFileName(node.Program));
            node.Start();
            await node.ReadyAsync();
        }

        return "";
    }
}

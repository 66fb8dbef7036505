using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Orleans.Story.Bench.Scale;

namespace Orleans.Story.Tests.Bench;

/// <summary>
/// The model repeats numbers that are private elsewhere. Here they are read off the source: whoever changes one there changes the model
/// and its page too.
/// </summary>
public sealed class LimitsTests
{
    private static readonly string Root = Find();

    [Theory]
    [InlineData("Rules/Sessions/TermsCheck.cs", "public const int MostSeats = (?<n>[0-9_]+);", nameof(Limits.Seats))]
    [InlineData("Grains/Sessions/HallGrain.cs", "private const int MostSessions = (?<n>[0-9_]+);", nameof(Limits.Sessions))]
    [InlineData("Inference/Scheduling/PoolBook.cs", "private const int MostMeters = (?<n>[0-9_]+);", nameof(Limits.Meters))]
    [InlineData("Gateway/Hosting/GatewayOptions.cs", @"int MostConnections \{ get; init; \} = (?<n>[0-9_]+);", nameof(Limits.Connections))]
    [InlineData("Gateway/Hosting/GatewayOptions.cs", @"TimeSpan GatherBallots \{ get; init; \} = TimeSpan\.FromMilliseconds\((?<n>[0-9_]+)\);", nameof(Limits.Gather))]
    [InlineData("Gateway/Lines/PhoneLine.cs", @"TimeSpan PingEvery = TimeSpan\.FromSeconds\((?<n>[0-9_]+)\);", nameof(Limits.Ping))]
    [InlineData("Storage/StorageOptions.cs", @"int BatchEvents \{ get; set; \} = (?<n>[0-9_]+);", nameof(Limits.BatchRows))]
    public void A_limit_is_what_the_code_says(string file, string pattern, string limit) => Said(file, pattern).ShouldBe(Of(limit), $"{file} and Bench/Scale/Limits.cs differ.");

    [Fact]
    public void Stages_of_people_a_second_are_as_far_apart_as_the_session_says() =>
        (1000 / Said("Grains/Sessions/SessionGrain.Timer.cs", "private const long SeatsEveryMs = (?<n>[0-9_]+);")).ShouldBe(Limits.CalmStages);

    [Fact]
    public void Shards_are_placed_at_random_and_sessions_are_not()
    {
        // A scenario's placement, when none is given, is this.
        Text("Grains/Sessions/AudienceGrain.cs").ShouldContain("[RandomPlacement]\npublic sealed class AudienceGrain(");
        Text("Grains/Sessions/SessionGrain.cs").ShouldNotContain("Placement]");
    }

    private static double Said(string file, string pattern)
    {
        var found = Regex.Matches(Text(file), pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        found.Count.ShouldBe(1, $"{file} should say this once: {pattern}");
        return double.Parse(found[0].Groups["n"].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static double Of(string limit) =>
        Convert.ToDouble(typeof(Limits).GetField(limit, BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue(), CultureInfo.InvariantCulture);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.Story.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests read the checkout they were built in, and it is not there.");
    }
}

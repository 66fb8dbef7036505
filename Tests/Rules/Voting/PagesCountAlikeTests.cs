using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

/// <summary>
/// The pages count a published record again with counting of their own (<c>Gateway/Web/src/lib/count.ts</c>). Both are held to
/// the same verdicts, so that neither can drift: draws, run-offs, weights and abstentions included.
/// </summary>
public sealed class PagesCountAlikeTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void The_server_comes_to_the_verdicts_that_the_pages_come_to()
    {
        var cases = JsonSerializer.Deserialize<List<Case>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Voting", "verdicts.json")), Json)!;
        cases.Count.ShouldBeGreaterThan(200);
        foreach (var (how, book, expected) in cases)
        {
            var verdict = Counting.Decide(new CountRule(how.Rule, how.Options, how.Ties), book, long.Parse(how.TieSeed, CultureInfo.InvariantCulture));
            JsonSerializer.Serialize(new Expected(verdict.Winner, [.. verdict.Counts], verdict.Voters, verdict.Abstained, [.. verdict.Tied], [.. verdict.Runoff.Select(count => new Count([.. count.Counts], count.Out))]), Json)
                .ShouldBe(JsonSerializer.Serialize(expected, Json));
        }
    }

    private sealed record How(VotingRule Rule, int Options, TieRule Ties, string TieSeed);

    private sealed record Count(List<int> Counts, int? Out);

    private sealed record Expected(int Winner, List<int> Counts, int Voters, int Abstained, List<int> Tied, List<Count> Runoff);

    private sealed record Case(How How, List<BookLine> Book, Expected Verdict);
}

using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Hostile;

/// <summary>
/// Every case of the corpus, group by group, against a hall of its own: what is answered is what the case says to the
/// letter, and the hall does not change, leak, or keep an honest phone waiting for a receipt.
/// </summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Groups => [.. Directory.GetFiles(CorpusCase.Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Nothing_changes_nothing_leaks_and_everyone_gets_a_receipt(string group)
    {
        await using var hall = await PlayingHall.Open(options => options with
        {
            // The corpus asks what becomes of one request; what becomes of many is for ConductTests.
            ConnectsPerScreen = new Rate(1_000, 1_000), FailedJoins = new Rate(1_000, 1_000), FailedSignIns = new Rate(1_000, 1_000),
            FailedSignInsOfAll = new Rate(1_000, 1_000), HeadersWithin = TimeSpan.FromSeconds(2), SlowBodyGrace = TimeSpan.FromSeconds(1.5),
        });
        var names = await Names(hall);
        var frames = new FrameRunner(hall, names);
        var requests = new HttpRunner(hall, names);
        List<string> wrong = [];
        foreach (var one in CorpusCase.Read(Path.Combine(CorpusCase.Folder, group + ".jsonl")))
        {
            var said = await Run(one, frames, requests);
            wrong.AddRange(said.Concat(await hall.Witness.Complaints()).Select(complaint => $"{one.Name} ({one.Why}): {complaint}"));
            wrong.Count.ShouldBeLessThan(60, string.Join('\n', wrong));
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        hall.Log.ShouldBeEmpty("nobody outside makes the server write its log");
        await hall.Verdict();
    }

    [Fact]
    public void The_corpus_holds_three_hundred_cases_with_names_of_their_own_and_reasons()
    {
        var cases = Directory.GetFiles(CorpusCase.Folder, "*.jsonl").SelectMany(CorpusCase.Read).ToArray();
        cases.Length.ShouldBeGreaterThanOrEqualTo(300);
        cases.Select(one => one.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(cases.Length);
        cases.ShouldAllBe(one => one.Why.Length > 3);
    }

    private static async Task<IReadOnlyList<string>> Run(CorpusCase one, FrameRunner frames, HttpRunner requests)
    {
        try
        {
            return one.Path is null && one.Raw is null ? await frames.Run(one) : await requests.Run(one);
        }
        catch (TimeoutException e)
        {
            return [e.Message];
        }
    }

    /// <summary>What the corpus calls by name.</summary>
    private static async Task<Dictionary<string, string>> Names(PlayingHall hall)
    {
        var seat = await Guest.Seat(hall);
        hall.Tickets.TryRead(seat.Ticket, out var mine);
        var never = SessionId.New(DateTimeOffset.UnixEpoch);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = hall.Address.Authority,
            ["port"] = hall.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["code"] = hall.Session.JoinCode,
            ["session"] = hall.Session.Session.ToString(),
            ["never"] = never.ToString(),
            ["device"] = seat.Device,
            ["ticket"] = seat.Ticket,
            ["wall"] = hall.Tickets.IssueWall(hall.Session.Session),
            ["lapsed"] = hall.Lapsed().Issue(mine).Ticket,
            ["lapsedWall"] = hall.Lapsed().IssueWall(hall.Session.Session),
            ["stranger"] = hall.Stranger().Issue(mine).Ticket,
            ["strangerWall"] = hall.Stranger().IssueWall(hall.Session.Session),
            ["truncated"] = seat.Ticket[..^8],
            ["flipped"] = seat.Ticket[..40] + (seat.Ticket[40] == 'A' ? 'B' : 'A') + seat.Ticket[41..],
            ["staff"] = hall.StaffCookie,
        };
    }
}

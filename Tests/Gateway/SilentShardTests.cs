using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A shard that does not answer: its seats send again, and the log says it once.</summary>
public sealed class SilentShardTests
{
    private static readonly RoundTerms Terms = new(3, 2, VotingRule.Plurality);

    [Fact]
    public async Task Ballots_are_told_busy_each_time_and_the_log_is_told_once_and_once_again()
    {
        var (log, silent, taken) = (new Lines(), true, 0);
        var lane = new BallotLane(
            0,
            batch =>
            {
                if (silent) throw new InvalidOperationException("the disk is full");
                taken++;
                return Task.FromResult(batch.Ballots.Select(ballot => new Receipt(ReceiptStatus.Counted, 3, ballot.Seat, ballot.N, ballot.Choice, 0, 1)).ToImmutableArray());
            },
            new GatewayOptions(), new ManualClock(), log);
        for (var n = 1; n <= 20; n++) (await Cast(lane, n)).Status.ShouldBe(ReceiptStatus.Busy);
        log.Said.ShouldHaveSingleItem().ShouldContain("the disk is full");

        silent = false;
        (await Cast(lane, 20)).ShouldBe(new Receipt(ReceiptStatus.Counted, 3, 1, 20, "0", 0, 1));
        await Cast(lane, 21);
        taken.ShouldBe(2);
        log.Said.Count.ShouldBe(2);
        log.Said[1].ShouldContain("answers again");
    }

    private static async Task<Receipt> Cast(BallotLane lane, int n)
    {
        var receipt = lane.Cast(Terms, new Ballot(1, n, "0"));
        await lane.Drain();
        return await receipt.Within("the receipt");
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}

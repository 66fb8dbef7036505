using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Journal;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class StepAsideTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Theory]
    [InlineData(JournalState.Failing, JournalTrouble.Unreachable, 5)]
    [InlineData(JournalState.Failing, JournalTrouble.Damaged, 0)]
    [InlineData(JournalState.Failing, JournalTrouble.DiskFull, 0)]
    [InlineData(JournalState.Failing, JournalTrouble.Locked, 0)]
    [InlineData(JournalState.Busy, null, 0)]
    [InlineData(JournalState.Well, null, 0)]
    public void Only_a_database_out_of_reach_is_a_reason_to_go(JournalState state, JournalTrouble? kind, int seconds)
    {
        var journal = new JournalHealth(state, kind, kind is null ? null : Text.Of("en", "Out."), Now.AddSeconds(-5).ToUnixTimeMilliseconds(), 0, 0, 0);
        StepAside.CutOff(journal, Now).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_witness_names_its_process_and_has_asked_the_database()
    {
        await using var hall = await TestHall.OpenAsync();
        var testimony = await hall.Grains.GetGrain<IJournalWitnessGrain>("somebody").Testify();
        testimony.ShouldBe(new JournalTestimony(JournalWitnessGrain.Process, Serves: true));
    }
}

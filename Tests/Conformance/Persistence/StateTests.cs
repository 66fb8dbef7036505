using Orleans.Storage;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Persistence;

public sealed class StateTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private IStateGrain Grain => cluster.Client.GetGrain<IStateGrain>(_key);

    [Fact]
    public async Task New_state_is_new()
    {
        (await Grain.Sum()).ShouldBe(0);
        (await Grain.Exists()).ShouldBeFalse();
        (await Grain.Etag()).ShouldBeNull();
    }

    [Fact]
    public async Task State_is_there_before_the_grain_is_activated()
    {
        await Grain.Add(5, "five");
        await cluster.Host.DeactivateAsync(Grain);

        (await Grain.AtStart()).ShouldBe(5);
        (await Grain.Exists()).ShouldBeTrue();
        (await Grain.Etag()).ShouldNotBeNull();
        (await Grain.Lines()).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_written_is_forgotten()
    {
        await Grain.Add(5, "five");
        await Grain.AddUnwritten(1);
        (await Grain.Sum()).ShouldBe(6);
        (await Grain.Reread()).ShouldBe(5);
    }

    [Fact]
    public async Task Memory_storage_shares_nothing_with_the_grain()
    {
        await Grain.Remember(3);
        await Grain.AddUnwritten(10);
        (await Grain.Recall()).ShouldBe(3);
    }

    [Fact]
    public async Task Cleared_state_is_new_again()
    {
        await Grain.Add(5, "five");
        await Grain.Clear();
        (await Grain.Sum()).ShouldBe(0);
        (await Grain.Exists()).ShouldBeFalse();

        await Grain.Add(1, "one");
        (await Grain.Reread()).ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_reaches_the_caller_and_ends_the_activation()
    {
        await Grain.Add(5, "five");
        cluster.Storage.Touch("ledger", Grain.GetGrainId());

        var conflict = await Should.ThrowAsync<InconsistentStateException>(() => Grain.Add(1, "one"));
        conflict.StoredEtag.ShouldBe("other");

        (await Grain.AtStart()).ShouldBe(5);
        await Grain.Add(1, "one");
        cluster.Board.Times($"{_key}:activated").ShouldBe(2);
    }

    [Fact]
    public async Task A_conflict_that_is_caught_ends_nothing()
    {
        await Grain.Add(5, "five");
        cluster.Storage.Touch("ledger", Grain.GetGrainId());

        (await Grain.AddCatching(1)).ShouldBe($"{nameof(InconsistentStateException)} over ");
        (await Grain.Sum()).ShouldBe(6);
    }

    [Fact]
    public async Task A_fault_of_the_storage_is_wrapped()
    {
        await using var other = await OneSilo.Start();
        var grain = other.Client.GetGrain<IStateGrain>(_key);
        await grain.Add(5, "five");
        other.Storage.Fault = new System.IO.IOException("disk full");

        (await grain.AddCatching(1)).ShouldBe($"{nameof(OrleansException)} over {nameof(System.IO.IOException)}");
        (await Should.ThrowAsync<OrleansException>(() => grain.Add(1, "one"))).Message.ShouldContain("disk full");
    }

    [Fact]
    public async Task State_that_cannot_be_read_keeps_the_grain_from_starting()
    {
        await using var other = await OneSilo.Start();
        other.Storage.Fault = new System.IO.IOException("disk gone");
        (await Should.ThrowAsync<OrleansException>(() => other.Client.GetGrain<IStateGrain>(_key).Sum())).Message.ShouldContain("disk gone");
    }

    [Fact]
    public async Task State_cannot_be_touched_outside_the_grain()
        => (await Grain.Elsewhere()).ShouldBe(nameof(InvalidOperationException));

    [Fact]
    public async Task Writes_of_one_activation_follow_each_other()
    {
        await Grain.WriteBoth();
        (await Grain.Reread()).ShouldBe(2);
    }

    [Fact]
    public async Task A_storage_that_nobody_added_is_told_to_the_caller()
        => (await Should.ThrowAsync<InvalidOperationException>(() => cluster.Client.GetGrain<IHomelessGrain>(_key).Call())).GetBaseException().Message.ShouldContain("nowhere");

    [Fact]
    public async Task State_survives_the_silo()
    {
        await using var other = await OneSilo.Start();
        await other.Client.GetGrain<IStateGrain>(_key).Add(7, "seven");
        await other.KillAndRestart();

        (await other.Client.GetGrain<IStateGrain>(_key).AtStart()).ShouldBe(7);
    }
}

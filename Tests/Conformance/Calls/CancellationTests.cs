using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

public sealed class CancellationTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private ISlowGrain Slow => cluster.Client.GetGrain<ISlowGrain>(_key);

    [Fact]
    public async Task A_running_call_is_cancelled_in_its_grains_turn()
    {
        using var source = new CancellationTokenSource();
        var call = Slow.Cancellable(_key, source.Token);
        await cluster.Board.Heard($"{_key}:started");
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await cluster.Board.Heard($"{_key}:cancelled in turn");
        cluster.Board.Open(_key);
    }

    [Fact]
    public async Task A_waiting_call_is_cancelled_at_once_and_never_starts()
    {
        using var source = new CancellationTokenSource();
        await Slow.Ping();
        var first = Slow.Usual(_key);
        var call = Slow.Cancellable(_key, source.Token);
        await Slow.Ping(); // by now the call waits in the grain's mailbox
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Slow.Ping(); // by now the grain knows
        cluster.Board.Open(_key);
        await first;
        await Slow.Flow("last");
        cluster.Board.Times($"{_key}:started").ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () => await Slow.Cancellable(_key, new CancellationToken(canceled: true)));
        await Slow.Flow("last");
        cluster.Board.Times($"{_key}:started").ShouldBe(0);
    }

    [Fact]
    public async Task The_callee_always_gets_a_token_that_can_be_cancelled()
        => (await Slow.Observant(CancellationToken.None)).ShouldBeTrue();

    [Fact]
    public async Task A_call_that_ended_does_not_mind_its_token()
    {
        using var source = new CancellationTokenSource();
        (await Slow.Observant(source.Token)).ShouldBeTrue();
        await source.CancelAsync();
        (await Slow.Observant(CancellationToken.None)).ShouldBeTrue();
    }
}

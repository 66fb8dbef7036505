using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

public sealed class TurnTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private Board Board => cluster.Board;

    private IStrictGrain Strict => cluster.Client.GetGrain<IStrictGrain>(_key);

    private ILooseGrain Loose => cluster.Client.GetGrain<ILooseGrain>(_key);

    [Fact]
    public async Task A_call_waits_for_the_one_before_it()
    {
        var held = Strict.Hold("first", _key);
        await Board.Heard($"{_key}:in first");
        var marked = Strict.Mark("second");
        await Strict.Interleaved("while held");

        Board.Open(_key);
        await Task.WhenAll(held, marked);
        Board.SaidBy(_key).ShouldBe(["in first", "while held", "out first", "second"]);
    }

    [Fact]
    public async Task A_reentrant_grain_lets_calls_in_at_every_await()
    {
        var held = Loose.Hold("first", _key);
        await Board.Heard($"{_key}:in first");
        await Loose.Mark("second");

        Board.Open(_key);
        await held;
        Board.SaidBy(_key).ShouldBe(["in first", "second", "out first"]);
    }

    [Fact]
    public async Task Turns_never_run_at_the_same_time_even_when_reentrant()
    {
        (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Strict.Count(20)))).Max().ShouldBe(1000);
    }

    [Fact]
    public async Task Readers_run_beside_readers_and_writers_wait()
    {
        var one = Strict.Reading("one", _key);
        await Board.Heard($"{_key}:in one");
        var writer = Strict.Mark("writer");
        var two = Strict.Reading("two", _key);
        await Board.Heard($"{_key}:in two");
        Board.Times($"{_key}:writer").ShouldBe(0);

        Board.Open(_key);
        await Task.WhenAll(one, two, writer);
    }

    [Fact]
    public async Task A_reader_waits_for_a_writer()
    {
        var writer = Strict.Hold("writer", _key);
        await Board.Heard($"{_key}:in writer");
        var reader = Strict.Reading("reader", _key);
        await Strict.Interleaved("meanwhile");
        Board.Times($"{_key}:in reader").ShouldBe(0);

        Board.Open(_key);
        await Task.WhenAll(writer, reader);
    }

    [Fact]
    public async Task A_call_back_into_a_grain_that_waits_times_out()
        => await Should.ThrowAsync<TimeoutException>(() => Strict.Round(_key + "-other"));

    [Fact]
    public async Task A_call_back_into_a_reentrant_grain_is_answered()
        => (await Loose.Round(_key + "-other")).ShouldBe($"{_key} called");

    [Fact]
    public async Task An_interleaving_call_back_is_answered()
        => (await Strict.RoundInterleaved(_key + "-other")).ShouldBe($"{_key} called");
}

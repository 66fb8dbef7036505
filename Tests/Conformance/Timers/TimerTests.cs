using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Timers;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly string _key = Guid.NewGuid().ToString("N");
    private OneSilo _cluster = null!;

    private Board Board => _cluster.Board;

    private ITimerGrain Grain => _cluster.Client.GetGrain<ITimerGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await OneSilo.Start();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Ticks_come_when_due_and_then_every_period()
    {
        await Grain.Start("tick", 2 * s_minute, s_minute, interleave: false);
        _cluster.Clock.Advance(2 * s_minute - TimeSpan.FromSeconds(1));
        await Settle();
        Board.Times($"{_key}:tick").ShouldBe(0);

        _cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await Board.Heard($"{_key}:tick");
        await _cluster.Clock.AdvanceTo(s_minute);
        await Board.Heard($"{_key}:tick", 2);
    }

    [Fact]
    public async Task Zero_is_at_once_and_an_infinite_period_is_once()
    {
        await Grain.Start("tick", TimeSpan.Zero, Timeout.InfiniteTimeSpan, interleave: false);
        _cluster.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Board.Heard($"{_key}:tick");
        await Settle();
        _cluster.Clock.Advance(10 * s_minute);
        await Settle();
        Board.Times($"{_key}:tick").ShouldBe(1);
    }

    [Fact]
    public async Task A_tick_is_a_turn_and_waits_for_the_call_that_runs()
    {
        await Grain.Start("tick", s_minute, Timeout.InfiniteTimeSpan, interleave: false);
        var held = Grain.Hold(_key);
        await Board.Heard($"{_key}:held");
        _cluster.Clock.Advance(s_minute);

        Board.Open(_key);
        await held;
        await Board.Heard($"{_key}:tick");
        Board.SaidBy(_key).ShouldBe(["held", "released", "tick"]);
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        await Grain.Start("tick", s_minute, Timeout.InfiniteTimeSpan, interleave: true);
        var held = Grain.Hold(_key);
        await Board.Heard($"{_key}:held");
        _cluster.Clock.Advance(s_minute);

        await Board.Heard($"{_key}:tick beside");
        Board.Open(_key);
        await held;
    }

    [Fact]
    public async Task Ticks_do_not_pile_up_and_the_period_counts_from_the_end()
    {
        await Grain.StartGated("tick", s_minute, s_minute, _key);
        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:tick in");
        _cluster.Clock.Advance(10 * s_minute);
        Board.Open(_key);
        await Board.Heard($"{_key}:tick out");
        await _cluster.Clock.Armed(s_minute);
        Board.Times($"{_key}:tick in").ShouldBe(1);

        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:tick in", 2);
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_end_the_timer()
    {
        await Grain.StartThrowing("tick", s_minute, s_minute);
        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:tick");
        await _cluster.Clock.AdvanceTo(s_minute);
        await Board.Heard($"{_key}:tick", 2);
    }

    [Fact]
    public async Task A_timer_can_be_changed_from_outside_a_tick_and_inside()
    {
        await Grain.Start("outside", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave: false);
        await Grain.Change("outside", s_minute, Timeout.InfiniteTimeSpan);
        await Grain.StartChanging("inside", s_minute, 2 * s_minute);
        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:outside");
        await Board.Heard($"{_key}:inside");
        await _cluster.Clock.Armed(2 * s_minute);

        _cluster.Clock.Advance(s_minute);
        await Settle();
        Board.Times($"{_key}:inside").ShouldBe(1);
        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:inside", 2);
    }

    [Fact]
    public async Task A_timer_stops_when_disposed_and_with_its_activation()
    {
        await Grain.Start("one", s_minute, s_minute, interleave: false);
        await Grain.Start("two", s_minute, s_minute, interleave: false);
        await Grain.Stop("one");
        _cluster.Clock.Advance(s_minute);
        await Board.Heard($"{_key}:two");
        await _cluster.Host.DeactivateAsync(Grain);
        _cluster.Clock.Advance(10 * s_minute);
        await Settle();

        Board.SaidBy(_key).ShouldBe(["two"]);
    }

    [Fact]
    public async Task A_timer_needs_a_turn_of_the_grain_and_times_that_make_sense()
    {
        (await Grain.StartOutside()).ShouldBe(nameof(InvalidOperationException));
        (await Grain.StartWith(TimeSpan.FromSeconds(-2), s_minute)).ShouldBe(nameof(ArgumentOutOfRangeException));
        (await Grain.StartWith(s_minute, TimeSpan.FromDays(60))).ShouldBe(nameof(ArgumentOutOfRangeException));
        (await Grain.StartWith(s_minute, s_minute)).ShouldBe("started");
    }

    /// <summary>A call that lines up behind every turn that waits: had there been a tick, it would have been heard by now.</summary>
    private Task Settle() => Grain.Change("settle", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}

using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Reminders;

public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly string _key = Guid.NewGuid().ToString("N");
    private OneSilo _cluster = null!;

    private Board Board => _cluster.Board;

    private IReminderGrain Grain => _cluster.Client.GetGrain<IReminderGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await OneSilo.Start();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_reminder_rings_when_due_and_every_period()
    {
        var start = _cluster.Clock.GetUtcNow() + 5 * s_minute;
        await Grain.Set("wake", 5 * s_minute, 2 * s_minute);
        await Ring(5 * s_minute, 1);
        await Ring(2 * s_minute, 2);

        Board.SaidBy(_key).ShouldContain(word => word.StartsWith($"wake first {start.UtcDateTime:O} period {2 * s_minute} now ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_period_below_a_minute_is_refused()
        => await Should.ThrowAsync<ArgumentException>(() => Grain.Set("wake", TimeSpan.Zero, TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task Negative_and_infinite_times_are_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Grain.Set("wake", Timeout.InfiniteTimeSpan, s_minute));
        await Should.ThrowAsync<ArgumentException>(() => Grain.Set("wake", s_minute, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_grain_that_is_not_remindable_is_refused()
        => await Should.ThrowAsync<InvalidOperationException>(() => _cluster.Client.GetGrain<IForgetfulGrain>(_key).Set());

    [Fact]
    public async Task Reminders_can_be_found_and_ended()
    {
        await Grain.Set("one", s_minute, s_minute);
        await Grain.Set("two", s_minute, s_minute);
        (await Grain.All()).ShouldBe(["one", "two"]);
        (await Grain.Has("none")).ShouldBeFalse();

        await Grain.Unset("one");
        (await Grain.Has("one")).ShouldBeFalse();
        (await Grain.All()).ShouldBe(["two"]);
        await _cluster.Clock.AdvanceTo(s_minute);
        await Board.Heard($"{_key}:two");
        Board.Times($"{_key}:one").ShouldBe(0);
    }

    [Fact]
    public async Task Setting_a_reminder_again_replaces_it()
    {
        await Grain.Set("wake", s_minute, s_minute);
        await Grain.Set("wake", 10 * s_minute, s_minute);
        await _cluster.Clock.Armed(10 * s_minute);
        _cluster.Clock.Advance(9 * s_minute);
        await Grain.All();
        Board.Times($"{_key}:wake").ShouldBe(0);
        await Ring(s_minute, 1);
    }

    [Fact]
    public async Task A_reminder_wakes_its_grain()
    {
        await Grain.Set("wake", s_minute, s_minute);
        await _cluster.Host.DeactivateAsync(Grain);
        await Ring(s_minute, 1);
        Board.Times($"{_key}:activated").ShouldBe(2);
    }

    [Fact]
    public async Task A_reminder_survives_the_silo_and_keeps_its_beat()
    {
        await Grain.Set("wake", s_minute, s_minute);
        await _cluster.KillAndRestart(() => _cluster.Clock.Advance(5.5 * s_minute));
        Board.Times($"{_key}:wake").ShouldBe(0);

        await Ring(s_minute / 2, 1);
        Board.Times($"{_key}:activated").ShouldBe(2);
    }

    private async Task Ring(TimeSpan advance, int times)
    {
        await _cluster.Clock.AdvanceTo(advance);
        await Board.Heard($"{_key}:wake", times);
        Board.Times($"{_key}:wake").ShouldBe(times);
    }
}

using Orleans.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Reminders;

/// <summary>In real time, with a short shortest period; what is asserted is that and how they ring, never when to the millisecond.</summary>
public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(400);
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
        await Grain.Set("wake", s_beat, s_beat);
        await Board.Heard($"{_key}:wake", 3);
        Board.SaidBy(_key).ShouldContain(word => word.StartsWith("wake first ", StringComparison.Ordinal) && word.Contains($"period {s_beat} now ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_period_below_the_shortest_is_refused_and_that_is_a_minute_unless_set()
    {
        new ReminderOptions().MinimumReminderPeriod.ShouldBe(s_minute);
        await Should.ThrowAsync<ArgumentException>(() => Grain.Set("wake", TimeSpan.Zero, TimeSpan.FromMilliseconds(99)));
    }

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
        await Grain.Set("two", s_beat, s_minute);
        (await Grain.All()).ShouldBe(["one", "two"]);
        (await Grain.Has("none")).ShouldBeFalse();

        await Grain.Unset("one");
        (await Grain.Has("one")).ShouldBeFalse();
        (await Grain.All()).ShouldBe(["two"]);
        await Board.Heard($"{_key}:two");
        Board.Times($"{_key}:one").ShouldBe(0);
    }

    [Fact]
    public async Task Setting_a_reminder_again_replaces_it()
    {
        await Grain.Set("wake", s_minute, s_minute);
        await Grain.Set("wake", s_beat, s_minute);
        (await Grain.All()).ShouldBe(["wake"]);
        await Board.Heard($"{_key}:wake");
    }

    [Fact]
    public async Task A_reminder_wakes_its_grain()
    {
        await Grain.Set("wake", 3 * s_beat, s_minute);
        await _cluster.Host.DeactivateAsync(Grain);
        await Board.Heard($"{_key}:wake");
        Board.Times($"{_key}:activated").ShouldBe(2);
    }

    [Fact]
    public async Task A_reminder_survives_the_silo()
    {
        await Grain.Set("wake", s_beat, s_beat);
        await Board.Heard($"{_key}:wake");
        await _cluster.KillAndRestart();
        var before = Board.Times($"{_key}:wake");
        await Board.Heard($"{_key}:wake", before + 1);
        Board.Times($"{_key}:activated").ShouldBe(2);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Activations;

public sealed class LifeTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly Guid _id = Guid.NewGuid();

    private Board Board => cluster.Board;

    private string Key => _id.ToString("N");

    private ILifeGrain Grain => cluster.Client.GetGrain<ILifeGrain>(_id);

    [Fact]
    public async Task The_first_call_activates_and_the_next_finds_the_same()
    {
        var first = await Grain.Which();

        (await Grain.Which()).ShouldBe(first);
        Board.SaidBy(Key).ShouldBe(["activated", "called", "called"]);
    }

    [Fact]
    public async Task A_grain_can_leave_and_is_made_anew_by_the_next_call()
    {
        var first = await Grain.Which();
        await Grain.Leave();

        (await Grain.Which()).ShouldNotBe(first);
        Board.SaidBy(Key).ShouldBe(["activated", "called", nameof(DeactivationReasonCode.ApplicationRequested), "activated", "called"]);
    }

    [Fact]
    public async Task A_leaving_grain_ends_its_call_and_leaves_the_next_to_its_successor()
    {
        var leaving = Grain.LeaveWhen(Key);
        await Board.Heard($"{Key}:leaving");
        var next = Grain.Which();
        Board.Times($"{Key}:called").ShouldBe(0);

        Board.Open(Key);
        await Task.WhenAll(leaving, next);
        Board.SaidBy(Key).ShouldBe(["activated", "leaving", nameof(DeactivationReasonCode.ApplicationRequested), "activated", "called"]);
    }

    [Fact]
    public async Task A_test_can_end_an_activation()
    {
        var first = await Grain.Which();
        await cluster.Host.DeactivateAsync(Grain);

        (await Grain.Which()).ShouldNotBe(first);
    }

    [Fact]
    public async Task Every_activation_has_its_own_scope_which_ends_with_it()
    {
        var thing = await Grain.Thing();
        (await Grain.Thing()).ShouldBe(thing);
        (await cluster.Client.GetGrain<ILifeGrain>(Guid.NewGuid()).Thing()).ShouldNotBe(thing);
        (await Grain.Services()).ShouldBeTrue();

        await Grain.Leave();
        await Board.Heard($"disposed {thing}");
    }

    [Fact]
    public async Task A_grain_that_cannot_start_tells_its_caller_and_tries_again()
    {
        var fragile = cluster.Client.GetGrain<IFragileGrain>(Key);
        (await Should.ThrowAsync<KnownException>(() => fragile.Call())).Message.ShouldBe("not yet");
        Board.Say($"{Key}:well");

        (await fragile.Call()).ShouldBe("well");
        Board.Times($"{Key}:deactivated").ShouldBe(0);
    }

    [Fact]
    public async Task A_grain_that_always_leaves_does_not_keep_its_caller_waiting_for_ever()
    {
        await Should.ThrowAsync<OrleansMessageRejectionException>(() => cluster.Client.GetGrain<IShyGrain>(Key).Call());
        Board.SaidBy(Key).Length.ShouldBeInRange(2, 10);
    }

    [Fact]
    public async Task A_grain_knows_who_it_is()
        => (await cluster.Client.GetGrain<IPatientGrain>(Key).Identity()).ShouldBe($"patient/{Key} patient/{Key} patient/{Key}");

    [Fact]
    public void An_age_limit_is_what_was_written_or_a_minute_at_least()
    {
        new CollectionAgeLimitAttribute("00:00:02").AgeLimit.ShouldBe(TimeSpan.FromSeconds(2));
        new CollectionAgeLimitAttribute { Minutes = 0.01 }.AgeLimit.ShouldBe(TimeSpan.FromMinutes(1));
        new CollectionAgeLimitAttribute { Days = 1, Hours = 1, Minutes = 1 }.AgeLimit.ShouldBe(new TimeSpan(1, 1, 1, 0));
        new CollectionAgeLimitAttribute { AlwaysActive = true }.AgeLimit.ShouldBeGreaterThan(TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Idle_grains_end_unless_they_are_kept()
    {
        // Idling goes by real time on Orleans, whatever clock there is.
        await using var other = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo.Services.AddKeyedSingleton(TimeProviderNames.Grains, TimeProvider.System)));
        Guid timed = Guid.NewGuid(), kept = Guid.NewGuid(), delayed = Guid.NewGuid(), alive = Guid.NewGuid();
        IShortLifeGrain Short(Guid id) => other.Client.GetGrain<IShortLifeGrain>(id);
        await Short(_id).Which();
        await Short(timed).Tick(keepAlive: false);
        await Short(kept).Tick(keepAlive: true);
        await Short(delayed).Delay(TimeSpan.FromMinutes(5));
        await other.Client.GetGrain<ILongLifeGrain>(alive).Which();

        await other.Board.Heard($"{Key}:{nameof(DeactivationReasonCode.ActivationIdle)}");
        await other.Board.Heard($"{timed:N}:{nameof(DeactivationReasonCode.ActivationIdle)}");
        other.Board.SaidBy(kept.ToString("N")).ShouldBe(["activated"]);
        other.Board.SaidBy(delayed.ToString("N")).ShouldBe(["activated"]);
        other.Board.SaidBy(alive.ToString("N")).ShouldBe(["activated", "called"]);
    }

    [Fact]
    public async Task Stopping_tells_every_grain()
    {
        await using var other = await OneSilo.Start();
        await other.Client.GetGrain<ILifeGrain>(_id).Which();
        await other.Host.StopAllSilosAsync();

        other.Board.SaidBy(Key).ShouldBe(["activated", "called", nameof(DeactivationReasonCode.ShuttingDown)]);
    }

    [Fact]
    public async Task A_silo_can_be_killed_and_started_again()
    {
        await using var other = await OneSilo.Start();
        var first = await other.Client.GetGrain<ILifeGrain>(_id).Which();
        await other.KillAndRestart();

        (await other.Client.GetGrain<ILifeGrain>(_id).Which()).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_class_can_be_left_out_of_a_silo()
    {
        await using var other = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo.Configure<GrainTypeOptions>(options => options.Classes.Remove(typeof(LifeGrain)))));

        await Should.ThrowAsync<Exception>(async () => await other.Client.GetGrain<ILifeGrain>(_id).Which());
        (await other.Client.GetGrain<IEchoGrain>("x").Word("here")).ShouldBe("here");
    }

    [Fact]
    public void The_silo_gives_out_a_grain_factory_and_a_client()
    {
        var services = cluster.Host.Silos[0].ServiceProvider;

        services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>(_id).ShouldBe(Grain);
        services.GetRequiredService<IClusterClient>().GetGrain<ILifeGrain>(_id).ShouldBe(Grain);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Story.Embedded;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.EmbeddedOnly;

/// <summary>What this engine promises beyond Orleans.</summary>
public sealed class EngineTests
{
    private static readonly Guid s_id = Guid.NewGuid();

    [Fact]
    public async Task A_timeout_shows_the_chain_of_calls_and_what_the_grain_is_at()
    {
        await using var cluster = await OneSilo.Start();
        var late = await Should.ThrowAsync<TimeoutException>(() => cluster.Client.GetGrain<IStrictGrain>("a").Round("b"));

        late.Message.ShouldContain("strict/a.Round → strict/b.Back → strict/a.Called");
        late.Message.ShouldContain("strict/a is Valid, runs strict/a.Round; 1 waiting");
    }

    [Fact]
    public async Task Calls_of_one_caller_start_in_order()
    {
        await using var cluster = await OneSilo.Start();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => cluster.Client.GetGrain<IStrictGrain>("a").Mark($"{i:000}")));
        cluster.Board.SaidBy("a").ShouldBe(Enumerable.Range(0, 200).Select(i => $"{i:000}"));
    }

    [Fact]
    public async Task Idling_goes_by_the_clock()
    {
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(services => services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Grains));
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromMinutes(1);
                options.CollectionAge = TimeSpan.FromMinutes(10);
            });
        }));
        await cluster.Client.GetGrain<ILifeGrain>(s_id).Which();
        cluster.Clock.Advance(TimeSpan.FromMinutes(9));
        await cluster.Client.GetGrain<ILifeGrain>(s_id).Which();
        cluster.Clock.Advance(TimeSpan.FromMinutes(9));
        cluster.Board.SaidBy(s_id.ToString("N")).ShouldBe(["activated", "called", "called"]);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.Board.Heard($"{s_id:N}:{nameof(DeactivationReasonCode.ActivationIdle)}");
    }

    [Fact]
    public async Task Nothing_of_a_killed_silo_runs_on()
    {
        await using var cluster = await OneSilo.Start();
        var held = cluster.Client.GetGrain<IStrictGrain>("a").Hold("call", "gate");
        await cluster.Client.GetGrain<ILifeGrain>(s_id).Which();
        await cluster.Board.Heard("a:in call");
        await cluster.KillAndRestart();

        await Should.ThrowAsync<SiloUnavailableException>(() => held);
        cluster.Board.Open("gate");
        await cluster.Client.GetGrain<IStrictGrain>("a").Mark("new");
        cluster.Board.SaidBy("a").ShouldBe(["in call", "new"]);
        cluster.Board.SaidBy(s_id.ToString("N")).ShouldBe(["activated", "called"]);
    }

    [Fact]
    public async Task A_call_before_the_start_or_after_the_end_is_refused()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<Board>();
        builder.AddEmbedded(silo => silo.UseInMemoryReminderService().AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("json"));
        using var host = builder.Build();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        Should.Throw<SiloUnavailableException>(() => grains.GetGrain<IEchoGrain>("x"));

        await host.StartAsync();
        var echo = grains.GetGrain<IEchoGrain>("x");
        (await echo.Word("here")).ShouldBe("here");
        await host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => echo.Word("gone"));
    }

    [Fact]
    public async Task A_host_may_be_put_together_in_several_steps()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<Board>();
        builder.AddEmbedded(silo => silo.AddMemoryGrainStorageAsDefault());
        builder.AddEmbedded(silo => silo.AddMemoryGrainStorage("json"));
        using var host = builder.Build();
        await host.StartAsync();

        await host.Services.GetRequiredService<IClusterClient>().GetGrain<IStateGrain>("x").Add(1, "one");
        await host.StopAsync();
    }

    [Fact]
    public async Task Calls_activations_and_timeouts_are_counted()
    {
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var counted = new System.Collections.Concurrent.ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (string.Equals(instrument.Meter.Name, "Orleans.Story.Embedded", StringComparison.Ordinal))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        await using var cluster = await OneSilo.Start();
        await Should.ThrowAsync<TimeoutException>(() => cluster.Client.GetGrain<ISlowGrain>("x").Short("closed", CancellationToken.None));

        counted["embedded.calls"].ShouldBeGreaterThan(0);
        counted["embedded.timeouts"].ShouldBeGreaterThan(0);
        counted.ShouldContainKey("embedded.activations");
    }
}

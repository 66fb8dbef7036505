using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;
using Orleans.TestingHost;

namespace Orleans.Story.Tests.Conformance.Hosting;

/// <summary>What tests of the product use of the test cluster.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task The_silo_and_the_client_have_hosts_of_their_own()
    {
        var both = new object();
        await using var cluster = await OneSilo.Start(builder => builder
            .ConfigureHost(host => host.Services.AddSingleton(both))
            .ConfigureClientHost(host => host.Services.AddSingleton("client"))
            .ConfigureSilo((options, silo) => silo.ConfigureServices(services => services.AddSingleton(options.SiloName))));

        cluster.Client.ServiceProvider.GetRequiredService<object>().ShouldBe(both);
        cluster.Host.GetSiloServiceProvider().GetRequiredService<object>().ShouldBe(both);
        cluster.Client.ServiceProvider.GetRequiredService<string>().ShouldBe("client");
        cluster.Host.GetSiloServiceProvider().GetRequiredService<string>().ShouldBe("Silo_0");
        cluster.Host.Options.InitialSilosCount.ShouldBe((short)1);
    }

    [Fact]
    public async Task The_silo_can_be_seen_stopped_and_restarted()
    {
        await using var cluster = await OneSilo.Start();
        var first = cluster.Host.Silos.ShouldHaveSingleItem();
        first.IsActive.ShouldBeTrue();
        cluster.Host.GetActiveSilos().ShouldHaveSingleItem().Name.ShouldBe(first.Name);

        var second = await cluster.Host.RestartSiloAsync(first);
        second.ShouldNotBeNull().ShouldNotBe(first);
        first.IsActive.ShouldBeFalse();
        await cluster.Host.InitializeClientAsync();
        (await cluster.Client.GetGrain<IEchoGrain>("x").Word("again")).ShouldBe("again");

        await cluster.Host.StopSilosAsync();
        cluster.Host.Silos.ShouldBeEmpty();
        await cluster.Host.StopClusterClientAsync();
        Should.Throw<InvalidOperationException>(() => cluster.Client);
    }

    [Fact]
    public async Task A_test_can_look_for_an_activation_and_wait_for_its_end()
    {
        await using var cluster = await OneSilo.Start();
        var grain = cluster.Client.GetGrain<ILifeGrain>(Guid.NewGuid());
        cluster.Host.TryGetGrainContext(grain.GetGrainId(), out _).ShouldBeFalse();
        await grain.Which();

        cluster.Host.TryGetGrainContext(grain.GetGrainId(), out var context).ShouldBeTrue();
        context!.GrainInstance.ShouldBeOfType<LifeGrain>();
        context.GrainReference.ShouldBe((object)grain);
        var ended = cluster.Host.WaitForDeactivationAsync(grain);
        ended.IsCompleted.ShouldBeFalse();
        await grain.Leave();
        await Board.Patiently(ended, "the activation to end");
        await cluster.Host.WaitForDeactivationAsync(grain.GetGrainId());
    }

    [Fact]
    public async Task A_test_clock_can_be_left_to_the_grains_alone()
    {
        var clock = new ManualClock();
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        }));
        await cluster.Client.GetGrain<ITimerGrain>("a").Start("tick", TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, interleave: false);
        clock.Advance(TimeSpan.FromHours(1));
        await cluster.Board.Heard("a:tick");
    }

    [Fact]
    public async Task Storage_and_reminders_in_memory_need_nothing_else()
    {
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorage("nowhere").UseInMemoryReminderService()));
        await cluster.Client.GetGrain<IHomelessGrain>("a").Call();
        (await cluster.Client.GetGrain<IReminderGrain>("a").Set("wake", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))).ShouldBe("wake");
        (await cluster.Client.GetGrain<IReminderGrain>("a").All()).ShouldBe(["wake"]);
    }
}

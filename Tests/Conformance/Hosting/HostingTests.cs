using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task A_service_registered_after_the_silo_can_call_grains_from_start_to_stop()
    {
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSiloHost((_, host) => host.Services.AddHostedService<Caller>()));
        await cluster.Host.StopAllSilosAsync();

        cluster.Board.SaidBy("caller").ShouldBe(["started", "stopped"]);
    }

    private sealed class Caller(IGrainFactory grains, Board board) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => board.Say("caller:" + await grains.GetGrain<IEchoGrain>("start").Word("started"));

        public async Task StopAsync(CancellationToken cancellationToken) => board.Say("caller:" + await grains.GetGrain<IEchoGrain>("stop").Word("stopped"));
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Hostile;

/// <summary>A phone whose gateway goes away: another gateway of the same hall knows its ballot, its receipt and its place.</summary>
public sealed class TwoGatewaysTests
{
    [Fact]
    public async Task A_phone_that_moves_to_another_gateway_finds_its_receipt_there_and_goes_on_from_it()
    {
        await using var hall = await PlayingHall.Open(phones: 4);
        var second = await Gateway(hall);
        var seat = await Guest.Seat(hall);
        await using var here = Clients.Hub(hall.Address, Paths.AudienceHub, seat.Ticket);
        await here.StartAsync();
        var round = (await Now(here)).Stage.Round!;

        await using var there = Clients.Hub(Address(second), Paths.AudienceHub, seat.Ticket);
        await there.StartAsync();
        var first = (await Cast(there, round, 1, 0)).Receipt!;
        first.Status.ShouldBe(ReceiptStatus.Counted);
        first.Proof.ShouldNotBeEmpty();

        // The other gateway has it, answers a repeat as a repeat, an old number as stale, and takes the next one.
        (await Now(here)).Receipt.ShouldBe(first);
        (await Cast(here, round, 1, 0)).Receipt.ShouldBe(first);
        (await Cast(here, round, 1, 1)).Receipt.ShouldBe(first with { Status = ReceiptStatus.Stale });
        var changed = (await Cast(here, round, 2, 1)).Receipt!;
        changed.Status.ShouldBe(ReceiptStatus.Counted);
        (await Now(there)).Receipt.ShouldBe(changed);

        // Its gateway stops; the phone comes back to the one that is left.
        await second.StopAsync();
        await second.DisposeAsync();
        (await Now(here)).Receipt.ShouldBe(changed);
        (await Cast(here, round, 3, 0)).Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
    }

    private static Task<PhoneNow> Now(HubConnection phone) => phone.InvokeAsync<PhoneNow>(nameof(AudienceHub.Now));

    private static Task<CastAnswer> Cast(HubConnection phone, StageRound round, int n, int option) =>
        phone.InvokeAsync<CastAnswer>(nameof(AudienceHub.Cast), new CastBallot(round.Round, [option], n));

    private static Uri Address(WebApplication gateway) => new(gateway.Urls.First());

    /// <summary>A second gateway over the same grains and the same keys, on a port and with feeds of its own.</summary>
    private static async Task<WebApplication> Gateway(PlayingHall hall)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(hall.Cluster);
        builder.Services.AddSingleton(hall.Services.GetRequiredService<StaffKey>());
        builder.Services.AddSingleton<TimeProvider>(hall.Clock);
        builder.Services.AddGateway(hall.Options with { Port = 0 });
        var gateway = builder.Build();
        gateway.UseGateway();
        await gateway.StartAsync();
        return gateway;
    }
}

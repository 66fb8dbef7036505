using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>
/// Opens the hall once the grains answer: films on the shelf, the first account made. Drains it at the end: whoever still
/// waits for a receipt gets one before connections close.
/// </summary>
internal sealed class HallOpening(
    GatewayOptions options, FilmShelf shelf, StaffAccounts accounts, SessionFeeds feeds, Draining draining,
    Patience patience, IHostApplicationLifetime lifetime, ILogger<HallOpening> log, IHallSetup? setup = null) : IHostedService
{
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(1);

    /// <summary>The first account's password if this start made it: printed once and kept nowhere.</summary>
    public string? FirstPassword { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (setup is not null) shelf.Fill(await patience.Ask(() => setup.PublishFilms(cancellationToken), cancellationToken));
        // A demo's password is for one evening and one folder, both thrown away: nothing to keep, nothing to change.
        FirstPassword = await accounts.MakeFirst(patience, options.ResetPassword, mustChange: !options.Demo, cancellationToken);
        lifetime.ApplicationStopping.Register(Drain);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before the server stops listening, so the receipts still have a way out.</summary>
    private void Drain()
    {
        draining.Start();
        if (!feeds.Drain().Wait(DrainFor)) log.LogWarning("Some ballots were still waiting for a receipt at the end.");
    }
}

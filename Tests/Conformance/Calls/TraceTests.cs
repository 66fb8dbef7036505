using System.Diagnostics;
using Orleans.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

/// <summary>Both tests see who listens in this process, so they stand in one class and run one after the other.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_call_under_an_activity_runs_in_its_trace_and_so_do_the_calls_it_makes()
    {
        await using var cluster = await Start();
        var one = cluster.Client.GetGrain<ISlowGrain>("one");
        using var source = new ActivitySource("somebody's");
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);

        using var vote = source.StartActivity("vote");
        (await one.Trace()).ShouldBe(vote!.TraceId.ToHexString());
        (await one.TraceOn("other")).ShouldBe(vote.TraceId.ToHexString());
        Activity.Current.ShouldBe(vote);
    }

    [Fact]
    public async Task With_nobody_listening_a_call_has_no_trace_and_carries_none()
    {
        await using var cluster = await Start();
        var one = cluster.Client.GetGrain<ISlowGrain>("one");
        RequestContext.Clear();
        using var unheard = new Activity("unheard").Start();
        (await one.Trace()).ShouldBeNull();
        RequestContext.Keys.ShouldBeEmpty();
    }

    private static Task<OneSilo> Start() => OneSilo.Start(builder =>
    {
        builder.ConfigureSilo((_, silo) => silo.AddActivityPropagation());
        builder.ConfigureClient(client => client.AddActivityPropagation());
    });
}

using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

public sealed class ContextTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private ISlowGrain Slow => cluster.Client.GetGrain<ISlowGrain>(_key);

    [Fact]
    public async Task The_request_context_flows_through_every_call_of_the_chain()
    {
        RequestContext.Set("who", "the caller");

        (await Slow.Flow("who")).ShouldBe("the caller");
        (await Slow.FlowOn(_key + "-other", "who")).ShouldBe("the caller");
    }

    [Fact]
    public async Task What_a_callee_sets_does_not_come_back()
    {
        RequestContext.Set("who", "the caller");
        await Slow.SetThenAsk("who", "the callee");

        RequestContext.Get("who").ShouldBe("the caller");
        RequestContext.Remove("who").ShouldBeTrue();
        RequestContext.Remove("who").ShouldBeFalse();
        (await Slow.Flow("who")).ShouldBeNull();
    }

    [Fact]
    public async Task Async_locals_do_not_flow()
    {
        SlowGrain.Local.Value = "the caller";
        await Slow.Flow("nothing");

        (await Slow.Ambient()).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_and_entries_show_what_is_set()
    {
        RequestContext.Clear();
        RequestContext.Set("a", "1");
        RequestContext.Set("b", "2");

        RequestContext.Keys.Order(StringComparer.Ordinal).ShouldBe(["a", "b"]);
        RequestContext.Entries.Count().ShouldBe(2);
        RequestContext.Clear();
        RequestContext.Keys.ShouldBeEmpty();
        await Task.CompletedTask;
    }
}

using System.Collections.Immutable;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

public sealed class CallTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private IEchoGrain Echo => cluster.Client.GetGrain<IEchoGrain>(_key);

    [Fact]
    public async Task Every_kind_of_task_comes_back()
    {
        await Echo.Plain();
        await Echo.Quick();
        (await Echo.Word("hello")).ShouldBe("hello");
        (await Echo.Number(42)).ShouldBe(42);
        (await Echo.Nothing(null)).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_arrives_whole()
    {
        var note = new Note("text", [1, 2, 3], Guid.NewGuid(), DateTimeOffset.UtcNow, Mood.Glad, ImmutableDictionary<string, Point>.Empty.Add("here", new(1, 2)));

        var back = await Echo.Note(note);

        back.ShouldBe(note with { Numbers = back.Numbers, Places = back.Places });
        back.Numbers.ShouldBe(note.Numbers);
        back.Places.ShouldBe(note.Places);
    }

    [Fact]
    public async Task A_member_of_a_base_type_keeps_its_own()
        => (await Echo.Drawing(new([new Circle("round", 3)]))).Shapes.ShouldHaveSingleItem().ShouldBe(new Circle("round", 3));

    [Fact]
    public async Task An_array_that_was_never_made_arrives_as_one()
        => (await Echo.Drawing(new(default))).Shapes.IsDefault.ShouldBeTrue();

    [Fact]
    public async Task Arguments_are_not_shared()
    {
        var basket = new Basket { Things = { "apple" } };
        await Echo.Fill(basket);
        basket.Things.Add("pear");

        (await Echo.Look()).ShouldBe(["apple"]);
    }

    [Fact]
    public async Task Results_are_not_shared()
    {
        await Echo.Fill(new Basket { Things = { "apple" } });
        (await Echo.Take()).Things.Add("pear");

        (await Echo.Look()).ShouldBe(["apple"]);
    }

    [Fact]
    public async Task An_object_may_be_anything_with_a_serializer()
    {
        (await Echo.Anything("text")).ShouldBe("String");
        (await Echo.Anything(new Point(1, 2))).ShouldBe(nameof(Point));
    }

    [Fact]
    public async Task An_object_without_a_serializer_is_refused_at_the_call()
        => await Should.ThrowAsync<CodecNotFoundException>(() => Echo.Anything(new Stowaway("hidden")));

    [Fact]
    public async Task A_result_without_a_serializer_is_refused()
        => await Should.ThrowAsync<CodecNotFoundException>(() => Echo.Stowaway());

    [Fact]
    public async Task Exceptions_reach_the_caller_with_type_and_message()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => Echo.Throw("plain"))).Message.ShouldBe("as written");
        (await Should.ThrowAsync<KnownException>(() => Echo.Throw("known"))).Message.ShouldBe("as written");
        await Should.ThrowAsync<OperationCanceledException>(() => Echo.Throw("cancelled")); // only its type arrives
    }

    [Fact]
    public async Task An_exception_without_a_serializer_does_not_reach_the_caller()
        => (await Should.ThrowAsync<Exception>(() => Echo.Throw("unknown"))).ShouldBeOfType<CodecNotFoundException>();

    [Fact]
    public async Task A_one_way_call_tells_nothing_and_happens()
    {
        await Echo.Fire($"{_key}:fired");
        await cluster.Board.Heard($"{_key}:fired");
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait()
    {
        await Echo.FireGated($"{_key}-gate", $"{_key}:through");
        cluster.Board.Times($"{_key}:through").ShouldBe(0);

        cluster.Board.Open($"{_key}-gate");
        await cluster.Board.Heard($"{_key}:through");
    }

    [Fact]
    public async Task A_slow_answer_times_out_and_the_callee_goes_on_uncancelled()
    {
        var slow = cluster.Client.GetGrain<ISlowGrain>(_key);
        await Should.ThrowAsync<TimeoutException>(() => slow.Short($"{_key}-gate", CancellationToken.None));

        cluster.Board.Open($"{_key}-gate");
        await cluster.Board.Heard($"{_key}:done");
    }

    [Fact]
    public async Task A_caller_that_gives_up_cancels_the_callee_where_that_is_configured()
    {
        await using var strict = await OneSilo.Start(builder => builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.CancelRequestOnTimeout = true)));
        await Should.ThrowAsync<TimeoutException>(() => strict.Client.GetGrain<ISlowGrain>(_key).Short("gate", CancellationToken.None));
        await strict.Board.Heard($"{_key}:told");

        strict.Board.Open("gate");
        await strict.Board.Heard($"{_key}:cancelled");
    }

    [Fact]
    public async Task The_response_timeout_can_be_configured_for_client_and_silo()
    {
        await using var impatient = await OneSilo.Start(builder => builder
            .ConfigureSilo((_, silo) => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)))
            .ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1))));

        await Should.ThrowAsync<TimeoutException>(() => impatient.Client.GetGrain<ISlowGrain>("client").Usual("closed"));
        impatient.Board.Open("closed");
    }

    [Fact]
    public async Task Many_callers_at_once_are_all_answered()
    {
        var grains = Enumerable.Range(0, 20).Select(i => cluster.Client.GetGrain<IEchoGrain>($"{_key}-{i}")).ToArray();
        var calls = Enumerable.Range(0, 2000).Select(i => (i, Answer: grains[i % grains.Length].Number(i).AsTask())).ToArray();

        foreach (var (i, answer) in calls)
        {
            (await answer).ShouldBe(i);
        }
    }
}

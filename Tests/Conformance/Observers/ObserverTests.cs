using System.Runtime.CompilerServices;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Observers;

public sealed class ObserverTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private INewsGrain News => cluster.Client.GetGrain<INewsGrain>(_key);

    [Fact]
    public async Task An_observer_hears_its_grain_in_order()
    {
        var listener = new Listener(cluster.Board, _key);
        await News.Subscribe(Guid.NewGuid(), cluster.Client.CreateObjectReference<IListener>(listener));
        await News.Tell("one");
        await News.Tell("two");

        cluster.Board.SaidBy(_key).ShouldBe(["one", "two"]);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_one_way_notice_arrives_without_being_waited_for()
    {
        var listener = new Listener(cluster.Board, _key);
        await News.Subscribe(Guid.NewGuid(), cluster.Client.CreateObjectReference<IListener>(listener));
        await News.Whisper("psst");

        await cluster.Board.Heard($"{_key}:psst");
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_can_answer()
    {
        var listener = new Listener(cluster.Board, _key);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        (await News.Ask(reference, "ping")).ShouldBe("ping indeed");
        GC.KeepAlive(listener);
    }

    [Fact]
    public void Every_reference_is_a_new_one()
    {
        var listener = new Listener(cluster.Board, _key);
        cluster.Client.CreateObjectReference<IListener>(listener).ShouldNotBe(cluster.Client.CreateObjectReference<IListener>(listener));
    }

    [Fact]
    public async Task A_deleted_reference_times_out()
    {
        var listener = new Listener(cluster.Board, _key);
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        cluster.Client.DeleteObjectReference<IListener>(reference);

        await Should.ThrowAsync<TimeoutException>(() => News.Ask(reference, "ping"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public void Deleting_takes_the_reference_and_not_the_object()
        => Should.Throw<ArgumentException>(() => cluster.Client.DeleteObjectReference<IListener>(new Listener(cluster.Board, _key)));

    [Fact]
    public async Task The_object_itself_cannot_travel()
        => await Should.ThrowAsync<Exception>(async () => await News.Subscribe(Guid.NewGuid(), new Listener(cluster.Board, _key)));

    [Fact]
    public async Task A_grain_cannot_make_an_object_reference()
        => (await News.MakeReference()).ShouldBe(nameof(InvalidOperationException));

    [Fact]
    public async Task Objects_are_held_weakly()
    {
        var reference = MakeAndForget();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await Should.ThrowAsync<TimeoutException>(() => News.Ask(reference, "ping"));
    }

    [Fact]
    public async Task The_manager_renews_forgets_and_expires()
    {
        var listener = new Listener(cluster.Board, _key);
        var failing = new Listener(cluster.Board, "fail");
        var who = Guid.NewGuid();
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await News.Subscribe(who, reference);
        await News.Subscribe(who, reference);
        await News.SubscribeSelf(reference);
        await News.SubscribeSelf(reference);
        (await News.Tell("one")).ShouldBe(2);

        await News.Subscribe(Guid.NewGuid(), cluster.Client.CreateObjectReference<IListener>(failing));
        (await News.Tell("two")).ShouldBe(2);
        (await News.Expire()).ShouldBe(0);
        GC.KeepAlive(listener);
        GC.KeepAlive(failing);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IListener MakeAndForget() => cluster.Client.CreateObjectReference<IListener>(new Listener(cluster.Board, _key));

    private sealed class Listener(Board board, string name) : IListener
    {
        public Task Hear(string word)
        {
            board.Say($"{name}:{word}");
            return string.Equals(name, "fail", StringComparison.Ordinal) ? throw new InvalidOperationException("deaf") : Task.CompletedTask;
        }

        public Task<string> Answer(string word) => Task.FromResult(word + " indeed");

        public Task Overhear(string word) => Hear(word);
    }
}

using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class RecipientTests : IDisposable
{
    private static readonly SessionId Session = SessionId.New(DateTimeOffset.UnixEpoch);
    private readonly ManualClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<GatewayMeter>().BuildServiceProvider();
    private readonly StallingTarget _target = new();
    private readonly Recipient _recipient;

    public RecipientTests() =>
        _recipient = new Recipient(_target, TimeSpan.FromSeconds(10), _services.GetRequiredService<GatewayMeter>(), _clock);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_fast_client_gets_everything()
    {
        var pushes = Enumerable.Range(1, 5).Select(seq => Push.Of(Stages.Tally(seq))).ToArray();
        foreach (var push in pushes) _recipient.Offer(push);
        _target.Written.ShouldBe(pushes.Select(push => push.Message));
        _recipient.IsSlow.ShouldBeFalse();
    }

    [Fact]
    public async Task A_slow_client_gets_the_latest_of_each_kind_in_order_and_no_backlog()
    {
        _target.Stall();
        var first = Push.Of(Stages.Lobby(Session, 1));
        _recipient.Offer(first);
        for (var seq = 2; seq <= 40; seq += 2)
        {
            _recipient.Offer(Push.Of(Stages.Lobby(Session, seq)));
            _recipient.Offer(Push.Of(Stages.Tally(seq + 1)));
        }

        var stage = Push.Of(Stages.Lobby(Session, 50));
        var tally = Push.Of(Stages.Tally(49));
        _recipient.Offer(stage);
        _recipient.Offer(tally);
        _target.Written.ShouldBe([first.Message]);
        _recipient.IsSlow.ShouldBeTrue();

        _target.Release();
        await Wait.For("the client to catch up", () => !_recipient.IsSlow);
        _target.Written.ShouldBe([first.Message, tally.Message, stage.Message]);
    }

    [Fact]
    public void A_client_whose_write_hangs_is_given_up_and_bothered_no_more()
    {
        _target.Stall();
        _recipient.Offer(Push.Of(Stages.Tally(1)));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        _recipient.Sweep();
        _target.Aborted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        _recipient.Sweep();
        _target.Aborted.ShouldBeTrue();
        _recipient.Offer(Push.Of(Stages.Tally(2)));
        _target.Written.Count.ShouldBe(1);
    }

    private sealed class StallingTarget : IPushTarget
    {
        private TaskCompletionSource? _stalled;

        public List<SerializedHubMessage> Written { get; } = [];

        public bool Aborted { get; private set; }

        public void Stall() => _stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release()
        {
            var stalled = _stalled!;
            _stalled = null;
            stalled.SetResult();
        }

        public ValueTask Write(SerializedHubMessage message)
        {
            Written.Add(message);
            return _stalled is null ? ValueTask.CompletedTask : new ValueTask(_stalled.Task);
        }

        public void Abort() => Aborted = true;
    }
}

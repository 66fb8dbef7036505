using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class PatienceTests
{
    private readonly ManualClock _clock = new();
    private int _asked;

    [Fact]
    public async Task Whoever_gets_no_answer_in_time_asks_again_a_second_later()
    {
        var answer = Ask(_ => _asked < 3 ? throw new TimeoutException("no answer within 10 s") : 7, CancellationToken.None);
        _asked.ShouldBe(1);
        await Rest();
        await Rest();
        (await answer.WaitAsync(Hall.Patience)).ShouldBe(7);
        _asked.ShouldBe(3);
    }

    [Fact]
    public async Task What_no_waiting_mends_is_thrown_at_once()
    {
        await Should.ThrowAsync<InvalidDataException>(() => Ask(_ => throw new InvalidDataException("no film"), CancellationToken.None));
        _asked.ShouldBe(1);
    }

    [Fact]
    public async Task The_waiting_ends_when_the_program_does()
    {
        using var stop = new CancellationTokenSource();
        var answer = Ask(_ => throw new TimeoutException("no answer within 10 s"), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => answer.WaitAsync(Hall.Patience));
        _asked.ShouldBe(1);
    }

    /// <summary>Lets a second pass once somebody waits for it.</summary>
    private async Task Rest()
    {
        await Wait.For("the rest", () => _clock.NextDue is not null);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private Task<int> Ask(Func<int, int> answer, CancellationToken stop) =>
        new Patience(_clock, NullLogger<Patience>.Instance).Ask(() => Task.FromResult(answer(++_asked)), stop);
}

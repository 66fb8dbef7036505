namespace Orleans.Story.Tests.Conformance.Grains;

[Alias("test.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")] Task Start(string name, TimeSpan due, TimeSpan period, bool interleave);
    [Alias("StartGated")] Task StartGated(string name, TimeSpan due, TimeSpan period, string gate);
    [Alias("StartThrowing")] Task StartThrowing(string name, TimeSpan due, TimeSpan period);
    [Alias("StartChanging")] Task StartChanging(string name, TimeSpan due, TimeSpan then);
    [Alias("Change")] Task Change(string name, TimeSpan due, TimeSpan period);
    [Alias("Stop")] Task Stop(string name);
    [Alias("Hold")] Task Hold(string gate);
    [Alias("StartOutside")] Task<string> StartOutside();
    [Alias("StartWith")] Task<string> StartWith(TimeSpan due, TimeSpan period);
    [Alias("Leave")] Task Leave();
}

public sealed class TimerGrain(Support.Board board) : Grain, ITimerGrain
{
    private readonly Dictionary<string, IGrainTimer> _timers = new(StringComparer.Ordinal);
    private bool _busy;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(
            (word, cancellation) =>
            {
                board.Say($"{Key}:{word}{(_busy ? " beside" : "")}{(cancellation.CanBeCanceled ? "" : " without token")}");
                return Task.CompletedTask;
            },
            name,
            new() { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartGated(string name, TimeSpan due, TimeSpan period, string gate)
    {
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                board.Say($"{Key}:{name} in");
                await board.Gate(gate);
                board.Say($"{Key}:{name} out");
            },
            due,
            period);
        return Task.CompletedTask;
    }

    public Task StartThrowing(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                board.Say($"{Key}:{name}");
                throw new InvalidOperationException("a tick may fail");
            },
            due,
            period);
        return Task.CompletedTask;
    }

    public Task StartChanging(string name, TimeSpan due, TimeSpan then)
    {
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                board.Say($"{Key}:{name}");
                _timers[name].Change(then, Timeout.InfiniteTimeSpan);
                return Task.CompletedTask;
            },
            due,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan due, TimeSpan period)
    {
        if (_timers.TryGetValue(name, out var timer))
        {
            timer.Change(due, period);
        }

        return Task.CompletedTask;
    }

    public Task Stop(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        _busy = true;
        board.Say($"{Key}:held");
        await board.Gate(gate);
        _busy = false;
        board.Say($"{Key}:released");
    }

    public Task<string> StartOutside() => Task.Run(() => Start("outside", TimeSpan.Zero, Timeout.InfiniteTimeSpan, interleave: false))
        .ContinueWith(task => task.Exception?.InnerException?.GetType().Name ?? "started", TaskScheduler.Current);

    public Task<string> StartWith(TimeSpan due, TimeSpan period)
    {
        try
        {
            this.RegisterGrainTimer(() => Task.CompletedTask, due, period);
            return Task.FromResult("started");
        }
        catch (ArgumentOutOfRangeException exception)
        {
            return Task.FromResult(exception.GetType().Name);
        }
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

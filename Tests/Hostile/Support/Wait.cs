namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>Waits for something and says what, if it never comes.</summary>
internal static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task For(string what, Func<Task<bool>> there)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await there())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.");
            // Looks again soon; what it waits for decides, not how long it slept.
            await Task.Delay(5);
        }
    }

    public static Task For(string what, Func<bool> there) => For(what, () => Task.FromResult(there()));

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.", e);
        }
    }
}

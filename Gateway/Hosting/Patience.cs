using System.Data.Common;
using Orleans.Runtime;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>
/// Asks grains what a gateway must know before it opens. Silos that start at the same time, or a database that is just coming up, may
/// keep an answer for longer than a call waits: that is a reason to ask again, and none to end.
/// </summary>
internal sealed class Patience(TimeProvider time, ILogger<Patience> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>One line for so many tries.</summary>
    private const int SaysEvery = 15;

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">May be called many times, also after a call that was carried out and whose answer was lost.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<T> Ask<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (Exception trouble) when (trouble is TimeoutException or OrleansException or JournalUnavailableException or DbException)
            {
                if (tries % SaysEvery == 0) log.LogWarning("The hall does not answer yet; asking again: {Why}", trouble.Message);
                await Task.Delay(Rest, time, stop);
            }
        }
    }
}

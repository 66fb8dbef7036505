using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>Another writer, and whether it is at work: a real server takes real time, during which the show's clock can be made to stand.</summary>
internal sealed class AttendedWriter(IBeatWriter inner) : IBeatWriter
{
    private int working;

    /// <summary>Beats it is at work on.</summary>
    public int Working => Volatile.Read(ref working);

    public string Name => inner.Name;

    public int Slots => inner.Slots;

    public int Tokens => inner.Tokens;

    public long TokensPerShow => inner.TokensPerShow;

    public long Spent(SessionId session) => inner.Spent(session);

    public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref working);
        try
        {
            return await inner.WriteAsync(film, session, order, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref working);
        }
    }

    public Task<AsideDraft?> SayAsync(Film film, SessionId session, AsideOrder order, CancellationToken cancellationToken) => inner.SayAsync(film, session, order, cancellationToken);
}

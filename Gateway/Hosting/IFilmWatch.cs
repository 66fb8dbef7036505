using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>Lets a rehearsal go on with its film as its writer saves it.</summary>
internal interface IFilmWatch
{
    /// <summary>Watches the rehearsed film's folder until <paramref name="stop"/>, and says what became of each change.</summary>
    Task Run(SessionId session, TextWriter to, CancellationToken stop);
}

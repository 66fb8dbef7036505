using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Inference.Writers;

/// <summary>Turns a plan into a beat. It may be slow, wrong or down; the checks and the deadline are not its business.</summary>
public interface IBeatWriter
{
    /// <summary>What the record says of its beats, for instance <c>storylet</c>.</summary>
    string Name { get; }

    /// <summary>Beats that it writes at once without any of them becoming late for the others; at least 1.</summary>
    int Slots => 16;

    /// <summary>Tokens that all of its beats together may have in a model's memory.</summary>
    int Tokens => int.MaxValue;

    /// <summary>Most tokens that one show may spend, 0 for no limit.</summary>
    long TokensPerShow => 0;

    /// <summary>Tokens that a show has spent here since the process started.</summary>
    long Spent(SessionId session) => 0;

    /// <summary>Writes the beat that <see cref="BeatOrder.Plan"/> asks for.</summary>
    /// <param name="film">The film that the order names.</param>
    /// <param name="session">For whom: its beats share what a model keeps of a prompt.</param>
    /// <param name="order">Plan, languages, priority and deadline.</param>
    /// <param name="cancellationToken">Cancelled when nobody wants the beat any more.</param>
    Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken);

    /// <summary>Writes an aside, or <see langword="null"/> where this writer has no words but the film's.</summary>
    /// <param name="film">The film that the order names.</param>
    /// <param name="session">For whom.</param>
    /// <param name="order">What is to be written, and all that it may know.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for it any more.</param>
    Task<AsideDraft?> SayAsync(Film film, SessionId session, AsideOrder order, CancellationToken cancellationToken) => Task.FromResult<AsideDraft?>(null);
}

/// <summary>What a writer says beside the story, unchecked.</summary>
/// <param name="Words">The words.</param>
/// <param name="Writer">Who wrote them.</param>
public sealed record AsideDraft(string Words, string Writer);

using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage.Journal;

/// <summary>What a readiness check says of the journal.</summary>
public static class Readiness
{
    /// <summary>What is wrong with it, asked of the database, or <see langword="null"/>; one that is only busy still serves.</summary>
    /// <param name="journal">This process's.</param>
    /// <param name="language">Language of the sentence, <c>en</c> or <c>zh</c>.</param>
    /// <param name="gone">Ends the wait.</param>
    public static async Task<string?> ProblemAsync(this IJournalHealth journal, string language, CancellationToken gone) =>
        await journal.AskAsync(gone) is { State: JournalState.Failing, Sentence: { } sentence } ? sentence.In(language) : null;
}

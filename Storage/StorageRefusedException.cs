using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage;

/// <summary>
/// The store refuses to open: the folder is in use, a durability setting does not hold, or the file is newer than the program.
/// The message says which, where, and what to do.
/// </summary>
public sealed class StorageRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with its message in every language of the interface.</summary>
    public StorageRefusedException(Text sentence, Exception? innerException = null)
        : base((sentence ?? throw new ArgumentNullException(nameof(sentence))).Words, innerException) => Sentence = sentence;

    /// <summary>Creates the exception for a database that is in trouble.</summary>
    /// <param name="trouble">What is wrong with it.</param>
    /// <param name="sentence">Which database, what is wrong, what to do.</param>
    /// <param name="innerException">What the database said.</param>
    public StorageRefusedException(JournalTrouble trouble, Text sentence, Exception? innerException = null)
        : base((sentence ?? throw new ArgumentNullException(nameof(sentence))).Words, innerException) => (Trouble, Sentence) = (trouble, sentence);

    /// <summary>What is wrong with the database, if it is the database.</summary>
    public JournalTrouble? Trouble { get; }

    /// <summary>The message in every language of the interface; <see langword="null"/> where it exists in English only.</summary>
    public Text? Sentence { get; }
}

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
}

namespace Orleans.Story.Rules.Safety;

/// <summary>A word or phrase of a blocklist.</summary>
/// <param name="Word">
/// As it was written. In letters it is found as a whole word, or with <c>*</c> at its end as the beginning of one; in Chinese,
/// Japanese and Korean anywhere.
/// </param>
/// <param name="Rating">The mildest age rating at which it may be said, or <see cref="Never"/>, or <see cref="Allow"/>.</param>
/// <param name="Language">BCP 47 tag of the only language in which it counts, or <see langword="null"/> for every one.</param>
public sealed record BlockedWord(string Word, string Rating, string? Language = null)
{
    /// <summary>Said at no rating.</summary>
    public const string Never = "never";

    /// <summary>Takes the same word out of the list; where it occurs, nothing that overlaps it counts either.</summary>
    public const string Allow = "allow";
}

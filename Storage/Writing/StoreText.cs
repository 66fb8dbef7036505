using System.Text;

namespace Orleans.Story.Storage.Writing;

/// <summary>What text the store takes: names and words that both databases give back unchanged.</summary>
internal static class StoreText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A name: within its length, well formed, no control characters.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static string Name(string value, int maximum, string what)
    {
        Words(value, maximum, what);
        return value.Any(char.IsControl) ? throw new ArgumentException($"A {what} must not contain control characters.", nameof(value)) : value;
    }

    /// <summary>Words: within their length, well formed, and without NUL, which PostgreSQL cannot hold.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static string Words(string value, int maximum, string what)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0 || value.Length > maximum)
            throw new ArgumentException($"A {what} has 1 to {maximum} characters; this one has {value.Length}.", nameof(value));
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"A {what} must not contain NUL.", nameof(value));
        try
        {
            // Half a surrogate pair would come back as a different string, and two streams could become one.
            Strict.GetByteCount(value);
            return value;
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"A {what} must be well-formed Unicode.", nameof(value), exception);
        }
    }
}

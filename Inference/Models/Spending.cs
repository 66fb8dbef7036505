namespace Orleans.Story.Inference.Models;

/// <summary>
/// Tokens by show. Bounded: beyond <see cref="Most"/> shows the one that spent longest ago is forgotten, and begins at
/// nothing should it come back.
/// </summary>
public sealed class Spending
{
    /// <summary>Shows that are remembered.</summary>
    public const int Most = 256;

    private readonly Lock door = new();
    private readonly Dictionary<string, (long Tokens, long Turn)> shows = new(StringComparer.Ordinal);
    private long turn;

    /// <summary>What a show has spent.</summary>
    public long Of(string show)
    {
        lock (door) return shows.TryGetValue(show, out var spent) ? spent.Tokens : 0;
    }

    /// <summary>Adds to what a show has spent.</summary>
    public long Add(string show, long tokens)
    {
        lock (door)
        {
            var spent = (shows.TryGetValue(show, out var before) ? before.Tokens : 0) + Math.Max(0, tokens);
            shows[show] = (spent, ++turn);
            if (shows.Count > Most) shows.Remove(shows.MinBy(one => one.Value.Turn).Key);
            return spent;
        }
    }
}

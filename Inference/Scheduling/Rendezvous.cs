using System.Text;
using Orleans.Story.Rules;

namespace Orleans.Story.Inference.Scheduling;

/// <summary>
/// Highest-random-weight hashing (Thaler and Ravishankar 1998): a session stays on its worker while that lives, and only
/// the sessions of a lost worker move.
/// </summary>
public static class Rendezvous
{
    /// <summary>The node with the highest weight for a key, or <see langword="null"/> without nodes.</summary>
    public static string? Pick(string key, IEnumerable<string> nodes) =>
        nodes.MaxBy(node => (Fnv.Hash64(Encoding.UTF8.GetBytes($"{key}@{node}")), node));
}

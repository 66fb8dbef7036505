using System.Text;
using Orleans.Story.Rules;

namespace Orleans.Story.Inference.Scheduling;

/// <summary>
/// Highest-random-weight hashing (Thaler and Ravishankar 1998): a session stays on its worker while that lives, and only
/// the sessions of a lost worker move.
/// </summary>
public static class Rendezvous
{
    /// <summary>
    /// A node's weight for a key where nodes take different shares (weighted rendezvous hashing; Schindelhauer and Schomaker
    /// 2005): the highest wins, and a node of weight 2 wins twice as often as one of weight 1.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="node">The node.</param>
    /// <param name="share">Its share; positive.</param>
    public static double Weight(string key, string node, double share)
    {
        var drawn = ((Hash(key, node) >> 11) + 0.5) * (1.0 / (1UL << 53));
        return -share / Math.Log(drawn);
    }

    /// <summary>The node with the highest weight for a key, or <see langword="null"/> without nodes.</summary>
    public static string? Pick(string key, IEnumerable<string> nodes) =>
        nodes.MaxBy(node => (Hash(key, node), node));

    private static ulong Hash(string key, string node) => Fnv.Hash64(Encoding.UTF8.GetBytes($"{key}@{node}"));
}

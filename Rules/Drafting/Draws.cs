using System.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A number for a name, to draw by: the same in every process.</summary>
internal static class Draws
{
    public static long Of(string name) => (long)(Fnv.Hash64(Encoding.UTF8.GetBytes(name)) >> 1);
}

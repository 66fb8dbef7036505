using System.Buffers.Text;
using Orleans.Story.Embedded;

namespace Orleans;

/// <summary>What can be asked of a grain or a reference.</summary>
public static class GrainExtensions
{
    /// <summary>Which grain it is.</summary>
    /// <exception cref="ArgumentException">It is neither a running grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    /// <summary>The key of a grain that has a <see cref="Guid"/> for one.</summary>
    /// <exception cref="InvalidOperationException">The key is something else.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain)
    {
        var id = GetGrainId(grain);
        return Utf8Parser.TryParse(id.Key.AsSpan(), out Guid key, out var read, 'N') && read == id.Key.AsSpan().Length
            ? key
            : throw new InvalidOperationException($"The key of {id} is no Guid.");
    }

    /// <summary>The key as it is written in the identity.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>A reference to the same grain through another of its interfaces; pass this, never <c>this</c>, to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
        => (TGrainInterface)(object)ReferenceOf(grain).As(typeof(TGrainInterface));

    internal static GrainReference ReferenceOf(IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            GrainReference reference => reference,
            IGrainBase { GrainContext: Activation activation } => activation.GrainReference,
            IGrainBase => throw new ArgumentException($"{grain.GetType()} was constructed outside the engine and has no identity.", nameof(grain)),
            _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
        };
    }
}

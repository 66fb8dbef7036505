using System.Buffers.Binary;

namespace Orleans.Story.Rules.Voting;

/// <summary>Which audience shard keeps which seat.</summary>
public static class Shards
{
    /// <summary>Seats one shard is made for.</summary>
    public const int SeatsPerShard = 2000;

    /// <summary>Shards for a capacity: ceil(capacity / 2000).</summary>
    public static int Count(int capacity) => Math.Max(1, (capacity + SeatsPerShard - 1) / SeatsPerShard);

    /// <summary>The shard of a seat: FNV-1a over its four little-endian bytes, modulo the shard count.</summary>
    public static int Of(int seat, int shards)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, seat);
        return (int)(Fnv.Hash32(bytes) % (uint)shards);
    }
}

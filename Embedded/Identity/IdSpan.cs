using System.Text;

namespace Orleans.Runtime;

/// <summary>A piece of an identity: UTF-8 bytes with their hash, compared byte by byte.</summary>
[Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hash;

    /// <summary>Takes the bytes over; the caller must not change them any more.</summary>
    public IdSpan(byte[] value)
    {
        _value = value;
        _hash = unchecked((int)XxHash32.Compute(value));
    }

    /// <summary>Nothing in it.</summary>
    public bool IsDefault => _value is null || _value.Length == 0;

    /// <summary>The bytes of <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <summary>A hash that is the same in every process and on both engines (from xxHash32).</summary>
    public uint GetUniformHashCode() => unchecked((uint)_hash);

    /// <inheritdoc/>
    public bool Equals(IdSpan other) => _hash == other._hash && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Story.Gateway.Lines;

/// <summary>One frame of RFC 6455 as a client sends it, and as a server does.</summary>
internal readonly ref struct WebSocketFrame
{
    /// <summary>Continues a message.</summary>
    public const byte Continuation = 0;

    /// <summary>Begins a text.</summary>
    public const byte Text = 1;

    /// <summary>Begins binary data.</summary>
    public const byte Binary = 2;

    /// <summary>Ends the connection.</summary>
    public const byte Close = 8;

    /// <summary>Asks for a pong.</summary>
    public const byte Ping = 9;

    /// <summary>Answers a ping.</summary>
    public const byte Pong = 10;

    /// <summary>The longest header of a server's frame.</summary>
    public const int LongestHeader = 10;

    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;
    private const int LongestControl = 125;
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketFrame(byte first, Span<byte> payload, int bytes)
    {
        Opcode = (byte)(first & 0x0F);
        Payload = payload;
        Bytes = bytes;
    }

    /// <summary>What it is.</summary>
    public byte Opcode { get; }

    /// <summary>Its payload, unmasked in place.</summary>
    public Span<byte> Payload { get; }

    /// <summary>Bytes it took, header included.</summary>
    public int Bytes { get; }

    /// <summary>Takes a client's frame off the front; false when it is not all there yet.</summary>
    /// <exception cref="InvalidDataException">It breaks the protocol, or is longer than <paramref name="longest"/>.</exception>
    public static bool TryRead(Span<byte> buffer, int longest, out WebSocketFrame frame)
    {
        frame = default;
        if (buffer.Length < 2) return false;
        if ((buffer[0] & Reserved) != 0) throw new InvalidDataException("A frame with reserved bits.");
        if ((buffer[1] & Masked) == 0) throw new InvalidDataException("A client's frame without a mask.");
        long length = buffer[1] & 0x7F;
        var header = 2;
        if (length == 126)
        {
            if (buffer.Length < 4) return false;
            (length, header) = (BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]), 4);
        }
        else if (length == 127)
        {
            if (buffer.Length < 10) return false;
            (length, header) = (BinaryPrimitives.ReadInt64BigEndian(buffer[2..]), 10);
        }

        if (length < 0 || length > longest) throw new InvalidDataException("A frame that is too long.");
        var control = (buffer[0] & 0x08) != 0;
        if (control && (length > LongestControl || (buffer[0] & Final) == 0)) throw new InvalidDataException("A control frame in pieces.");
        if ((buffer[0] & 0x0F) is not (Continuation or Text or Binary or Close or Ping or Pong)) throw new InvalidDataException("A frame of an unknown kind.");
        var end = header + 4 + (int)length;
        if (buffer.Length < end) return false;
        var payload = buffer[(header + 4)..end];
        Unmask(payload, buffer.Slice(header, 4));
        frame = new WebSocketFrame(buffer[0], payload, end);
        return true;
    }

    /// <summary>Writes the header of a server's frame; answers its length.</summary>
    public static int WriteHeader(Span<byte> to, byte opcode, int length)
    {
        to[0] = (byte)(Final | opcode);
        if (length <= LongestControl)
        {
            to[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            to[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)length);
            return 4;
        }

        to[1] = 127;
        BinaryPrimitives.WriteInt64BigEndian(to[2..], length);
        return 10;
    }

    /// <summary>A whole frame of a server.</summary>
    public static byte[] Make(byte opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        var length = WriteHeader(header, opcode, payload.Length);
        return [.. header[..length], .. payload];
    }

    /// <summary>The answer to a client's key.</summary>
    public static string Accept(string key) =>
#pragma warning disable CA5350 // RFC 6455 says SHA-1; it proves that the server speaks WebSocket and nothing else.
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
#pragma warning restore CA5350

    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        var key = BinaryPrimitives.ReadUInt32LittleEndian(mask);
        if (key == 0) return;
        var wide = ((ulong)key << 32) | key;
        var at = 0;
        for (; at + 8 <= payload.Length; at += 8)
        {
            var eight = payload.Slice(at, 8);
            BinaryPrimitives.WriteUInt64LittleEndian(eight, BinaryPrimitives.ReadUInt64LittleEndian(eight) ^ wide);
        }

        for (; at < payload.Length; at++) payload[at] ^= mask[at & 3];
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// One phone's WebSocket, as cheap as it can be: a socket, one receive loop, frames built in place. Knows nothing of what
/// it carries. Client frames are masked with zero, which RFC 6455 allows and costs nothing.
/// </summary>
internal sealed class Link : IDisposable
{
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    private readonly Lock _sending = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private byte[] _parts = [];
    private int _partsLength;
    private int _filled;
    private long _in;
    private long _out;

    /// <summary>Makes the link of one seat (or none: a hostile one).</summary>
    public Link(int index) => Index = index;

    /// <summary>A whole message came.</summary>
    public delegate void MessageHandler(Link link, ReadOnlySpan<byte> message);

    /// <summary>Its place among the phones, from 0.</summary>
    public int Index { get; }

    /// <summary>Bytes that came in over the socket, headers included.</summary>
    public long BytesIn => Volatile.Read(ref _in);

    /// <summary>Bytes that went out over the socket, headers included.</summary>
    public long BytesOut => Volatile.Read(ref _out);

    /// <summary>Whether the other side, or an error, ended it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Connects and upgrades.</summary>
    /// <exception cref="IOException">The server does not want it.</exception>
    public async Task Connect(IPEndPoint server, string path, int receiveBuffer, CancellationToken stop)
    {
        if (receiveBuffer > 0) _socket.ReceiveBufferSize = receiveBuffer;
        await _socket.ConnectAsync(server, stop);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request = Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n");
        await _socket.SendAsync(request, stop);
        _out += request.Length;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), stop);
            if (read == 0) throw new IOException("The server hung up during the upgrade.");
            _in += read;
            _filled += read;
            var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (!_buffer.AsSpan(0, end).StartsWith("HTTP/1.1 101"u8))
            {
                throw new IOException("No upgrade: " + Encoding.ASCII.GetString(_buffer, 0, Math.Min(end, 60)));
            }

            Drop(end + 4);
            return;
        }
    }

    /// <summary>Receives until the end; every whole message goes to <paramref name="on"/>.</summary>
    public async Task Receive(MessageHandler on)
    {
        try
        {
            while (true)
            {
                Deliver(on);
                if (_filled == _buffer.Length) Grow();
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
                if (read == 0) break;
                _in += read;
                _filled += read;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end, one way or another.
        }

        IsClosed = true;
    }

    /// <summary>Sends a text message.</summary>
    public void SendText(ReadOnlySpan<byte> message) => Send(Text, message);

    /// <summary>Sends a binary message.</summary>
    public void SendBinary(ReadOnlySpan<byte> message) => Send(Binary, message);

    /// <summary>Sends bytes as they are, whatever they mean.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        try
        {
            lock (_sending) _socket.Send(bytes);
            Interlocked.Add(ref _out, bytes.Length);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            IsClosed = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _socket.Dispose();
    }

    private void Send(byte opcode, ReadOnlySpan<byte> message)
    {
        const int header = 8;
        const int longest = 1024;
        if (message.Length > longest) throw new ArgumentException($"A message has at most {longest} bytes.", nameof(message));
        Span<byte> frame = stackalloc byte[header + message.Length];
        frame[0] = (byte)(Final | opcode);
        var at = 2;
        if (message.Length < 126)
        {
            frame[1] = (byte)(Masked | message.Length);
        }
        else
        {
            frame[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)message.Length);
            at = 4;
        }

        frame.Slice(at, 4).Clear();
        message.CopyTo(frame[(at + 4)..]);
        SendRaw(frame[..(at + 4 + message.Length)]);
    }

    private void Deliver(MessageHandler on)
    {
        var at = 0;
        while (true)
        {
            var left = _buffer.AsSpan(at, _filled - at);
            if (left.Length < 2) break;
            var (header, length) = (left[1] & 0x7F) switch
            {
                126 => left.Length < 4 ? (4, -1) : (4, BinaryPrimitives.ReadUInt16BigEndian(left[2..])),
                127 => left.Length < 10 ? (10, -1) : (10, (int)BinaryPrimitives.ReadUInt64BigEndian(left[2..])),
                var small => (2, small),
            };
            if (length < 0 || left.Length < header + length) break;
            Take(left[0], left.Slice(header, length), on);
            at += header + length;
        }

        if (at > 0) Drop(at);
    }

    private void Take(byte first, ReadOnlySpan<byte> payload, MessageHandler on)
    {
        var opcode = first & 0x0F;
        if (opcode == Ping)
        {
            Send(Pong, payload);
        }
        else if (opcode == Close)
        {
            IsClosed = true;
        }
        else if (opcode != Pong)
        {
            if ((first & Final) != 0 && _partsLength == 0)
            {
                on(this, payload);
                return;
            }

            if (_parts.Length < _partsLength + payload.Length) Array.Resize(ref _parts, Math.Max(8192, 2 * (_partsLength + payload.Length)));
            payload.CopyTo(_parts.AsSpan(_partsLength));
            _partsLength += payload.Length;
            if ((first & Final) == 0) return;
            on(this, _parts.AsSpan(0, _partsLength));
            _partsLength = 0;
        }
    }

    private void Drop(int bytes)
    {
        _buffer.AsSpan(bytes, _filled - bytes).CopyTo(_buffer);
        _filled -= bytes;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

using System.Buffers.Binary;
using Orleans.Story.Gateway.Lines;

namespace Orleans.Story.Tests.Gateway;

public sealed class WebSocketFrameTests
{
    private const int Longest = 4096;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(4096)]
    public void A_clients_frame_is_read_whole_and_unmasked_and_never_in_part(int length)
    {
        var payload = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        var frame = Client(0x81, payload);
        for (var there = 0; there < frame.Length; there += Math.Max(1, frame.Length / 50))
        {
            WebSocketFrame.TryRead(frame.AsSpan(0, there).ToArray(), Longest, out _).ShouldBeFalse();
        }

        WebSocketFrame.TryRead((byte[])[.. frame, 0x81], Longest, out var read).ShouldBeTrue();
        read.Opcode.ShouldBe(WebSocketFrame.Text);
        read.Bytes.ShouldBe(frame.Length);
        read.Payload.ToArray().ShouldBe(payload);
    }

    [Fact]
    public void What_breaks_the_protocol_is_told_from_what_is_not_there_yet()
    {
        Breaks([0x81, 0x01, 65]);
        Breaks(Client(0xC1, [1]));
        Breaks(Client(0x83, [1]));
        Breaks(Client(0x09, [1]));
        Breaks(Client(0x89, new byte[126]));
        Breaks(Client(0x81, new byte[Longest + 1]));
        Breaks([0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        static void Breaks(byte[] frame) => Should.Throw<InvalidDataException>(() => WebSocketFrame.TryRead(frame, Longest, out _));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void A_servers_frame_has_the_shortest_header(int length, int header)
    {
        var frame = WebSocketFrame.Make(WebSocketFrame.Text, new byte[length]);
        frame.Length.ShouldBe(header + length);
        frame[0].ShouldBe((byte)0x81);
        (frame[1] & 0x80).ShouldBe(0);
        var told = header switch { 2 => frame[1], 4 => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2)), _ => BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(2)) };
        told.ShouldBe(length);
    }

    [Fact]
    public void The_key_of_the_standard_gets_the_answer_of_the_standard() =>
        WebSocketFrame.Accept("dGhlIHNhbXBsZSBub25jZQ==").ShouldBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    private static byte[] Client(byte first, byte[] payload)
    {
        byte[] mask = [0x11, 0xA2, 0x33, 0xF4];
        byte[] header = payload.Length < 126 ? [first, (byte)(0x80 | payload.Length)] : [first, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [.. header, .. mask, .. payload.Select((value, i) => (byte)(value ^ mask[i % 4]))];
    }
}

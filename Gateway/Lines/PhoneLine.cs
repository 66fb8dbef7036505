using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Gateway.Lines;

/// <summary>
/// One phone's WebSocket, speaking SignalR's JSON protocol to a hub that lives as long as the line. Between socket and hub
/// there is one loop and one write, no pipe and no queue of the framework's.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Calls may end after the line, and a semaphore that nobody waits on by handle holds nothing.")]
internal sealed class PhoneLine(PhoneLines lines, Hub hub, LineContext context, PipeReader input, LineOut output) : IPushTarget, IInvocationBinder
{
    /// <summary>Longest message a phone may send: a ballot is a hundred bytes.</summary>
    private const int LongestMessage = 4 * 1024;

    /// <summary>A change of mind must not wait for the receipt of the vote it replaces; a third call does.</summary>
    private const int CallsAtOnce = 2;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_writer;

    private readonly SemaphoreSlim _calls = new(CallsAtOnce, CallsAtOnce);
    private readonly long _opened = lines.Time.GetTimestamp();
    private long _heard = lines.Time.GetTimestamp();
    private long _said = lines.Time.GetTimestamp();
    private byte[] _carried = [];
    private int _carries;
    private bool _shaken;
    private bool _joined;

    /// <summary>Lives until the phone, the network or the hall ends it.</summary>
    public async Task Run()
    {
        Exception? trouble = null;
        lines.Add(this);
        try
        {
            await Listen();
        }
        catch (InvalidDataException e)
        {
            trouble = e;
            Say(new CloseMessage("Connection closed with an error."));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or Microsoft.AspNetCore.Connections.ConnectionAbortedException)
        {
            // The network ended it.
        }
        finally
        {
            lines.Remove(this);
            context.End();
            if (_joined) await Leave(trouble);
            output.Send(WebSocketFrame.Make(WebSocketFrame.Close, []));
            output.Stop();
        }
    }

    /// <summary>Looks at the clock: pings a line on which nothing was said, gives up one on which nothing is heard.</summary>
    public void Sweep()
    {
        var silent = lines.Time.GetElapsedTime(Volatile.Read(ref _heard));
        if (silent > lines.Options.SilentClient || (!_shaken && lines.Time.GetElapsedTime(_opened) > lines.Options.HandshakeWithin))
        {
            context.Abort();
            return;
        }

        if (output.TakeWrote())
        {
            _said = lines.Time.GetTimestamp();
        }
        else if (_shaken && lines.Time.GetElapsedTime(_said) > PingEvery)
        {
            output.Send(lines.Ping);
        }
    }

    /// <summary>Says goodbye; the phone comes back when it can.</summary>
    public void HangUp()
    {
        Say(new CloseMessage(error: null, allowReconnect: true));
        output.Send(WebSocketFrame.Make(WebSocketFrame.Close, []));
        context.Abort();
    }

    /// <inheritdoc/>
    public ValueTask Write(SerializedHubMessage message) => message is FramedMessage framed
        ? output.Write(framed.Frame(lines.Protocol))
        : output.Write(WebSocketFrame.Make(WebSocketFrame.Text, message.GetSerializedMessage(lines.Protocol).Span));

    /// <inheritdoc/>
    public void Abort() => context.Abort();

    /// <inheritdoc/>
    public IReadOnlyList<Type> GetParameterTypes(string methodName) => lines.Methods.Find(methodName)?.Parameters ?? throw new HubException($"Unknown hub method '{methodName}'");

    /// <inheritdoc/>
    public Type GetReturnType(string invocationId) => typeof(object);

    /// <inheritdoc/>
    public Type GetStreamItemType(string streamId) => throw new InvalidOperationException("Nothing here streams.");

    private async Task Listen()
    {
        while (true)
        {
            var read = await input.ReadAsync(context.ConnectionAborted);
            Volatile.Write(ref _heard, lines.Time.GetTimestamp());
            var buffer = read.Buffer;
            var bytes = buffer.IsSingleSegment ? buffer.First : buffer.ToArray();
            var taken = 0;
            while (Take(MemoryMarshal.AsMemory(bytes[taken..]), out var frame, out var closes, out var call))
            {
                taken += frame;
                if (closes) return;
                if (call is not null) await call;
            }

            // What is examined and not consumed is part of a frame; the pipe waits for more of it.
            input.AdvanceTo(buffer.GetPosition(taken), buffer.End);
            if (read.IsCompleted || read.IsCanceled) return;
        }
    }

    /// <summary>
    /// Takes one frame; false when it is not all there. A call that must wait for its turn holds the reading up, which is
    /// how a phone that asks too much is slowed down.
    /// </summary>
    private bool Take(Memory<byte> buffer, out int bytes, out bool closes, out Task? call)
    {
        (closes, call) = (false, null);
        if (!WebSocketFrame.TryRead(buffer.Span, LongestMessage, out var frame))
        {
            bytes = 0;
            return false;
        }

        bytes = frame.Bytes;
        if (frame.Opcode == WebSocketFrame.Close)
        {
            closes = true;
        }
        else if (frame.Opcode == WebSocketFrame.Ping)
        {
            output.Send(WebSocketFrame.Make(WebSocketFrame.Pong, frame.Payload));
        }
        else if (frame.Opcode != WebSocketFrame.Pong)
        {
            call = Hear(buffer.Slice(frame.Bytes - frame.Payload.Length, frame.Payload.Length));
            if (call.IsCompletedSuccessfully) call = null;
        }

        return true;
    }

    /// <summary>Messages are parted by their own mark and not by frames.</summary>
    private Task Hear(ReadOnlyMemory<byte> payload)
    {
        if (_carries > 0)
        {
            Carry(payload.Span);
            payload = _carried.AsMemory(0, _carries);
        }

        var heard = new ReadOnlySequence<byte>(payload);
        while (heard.Length > 0)
        {
            Task done;
            if (_shaken)
            {
                if (!lines.Protocol.TryParseMessage(ref heard, this, out var message)) break;
                done = Obey(message);
            }
            else
            {
                if (!HandshakeProtocol.TryParseRequestMessage(ref heard, out var request)) break;
                done = Shake(request);
            }

            if (done.IsCompletedSuccessfully) continue;
            _carries = 0;
            return HearAfter(done, heard.ToArray());
        }

        var rest = heard.ToArray();
        _carries = 0;
        if (rest.Length > 0) Carry(rest);
        else if (_carried.Length > 0) _carried = [];
        return Task.CompletedTask;
    }

    /// <summary>What came after a message that takes time is heard after it.</summary>
    private async Task HearAfter(Task before, byte[] rest)
    {
        await before;
        if (rest.Length > 0) await Hear(rest);
    }

    private void Carry(ReadOnlySpan<byte> bytes)
    {
        if (_carries + bytes.Length > LongestMessage) throw new InvalidDataException("A message that is too long.");
        if (_carried.Length < _carries + bytes.Length) Array.Resize(ref _carried, _carries + bytes.Length);
        bytes.CopyTo(_carried.AsSpan(_carries));
        _carries += bytes.Length;
    }

    private async Task Shake(HandshakeRequestMessage request)
    {
        _shaken = true;
        if (request.Protocol != lines.Protocol.Name || !lines.Protocol.IsVersionSupported(request.Version))
        {
            throw new InvalidDataException("Another protocol.");
        }

        var writer = Writer();
        HandshakeProtocol.WriteResponseMessage(HandshakeResponseMessage.Empty, writer);
        SendText(writer);
        hub.Context = context;
        context.Features.Set<IPushTarget>(this);
        _joined = true;
        await hub.OnConnectedAsync();
    }

    private Task Obey(HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                return _calls.Wait(0, CancellationToken.None) ? Begin(invocation) : BeginLater(invocation);
            case InvocationBindingFailureMessage failure:
                if (failure.InvocationId is { } id)
                {
                    var error = lines.Methods.Find(failure.Target) is null
                        ? $"Unknown hub method '{failure.Target}'"
                        : $"Failed to invoke '{failure.Target}' due to an error on the server.";
                    Say(CompletionMessage.WithError(id, error));
                }

                return Task.CompletedTask;
            case CloseMessage:
                context.Abort();
                return Task.CompletedTask;
            case StreamInvocationMessage { InvocationId: { } stream }:
                Say(CompletionMessage.WithError(stream, "Nothing here streams."));
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private async Task BeginLater(InvocationMessage invocation)
    {
        await _calls.WaitAsync(context.ConnectionAborted);
        await Begin(invocation);
    }

    /// <summary>Starts a call and does not wait for its end.</summary>
    private Task Begin(InvocationMessage invocation)
    {
        _ = Call(invocation);
        return Task.CompletedTask;
    }

    private async Task Call(InvocationMessage invocation)
    {
        CompletionMessage answer;
        try
        {
            var method = lines.Methods.Find(invocation.Target)!;
            var call = new HubInvocationContext(context, context.GetHttpContext()!.RequestServices, hub, method.Info, invocation.Arguments);
            var result = await lines.Allowances.InvokeMethodAsync(call, next => method.Invoke(next.Hub, (object?[])next.HubMethodArguments));
            answer = CompletionMessage.WithResult(invocation.InvocationId ?? "", result);
        }
#pragma warning disable CA1031 // Whatever a method throws, its caller gets an answer and the line goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The framework's own wording; clients read the code after the colon.
            var what = $"An unexpected error occurred invoking '{invocation.Target}' on the server.";
            answer = CompletionMessage.WithError(invocation.InvocationId ?? "", e is HubException ? $"{what} HubException: {e.Message}" : what);
        }
        finally
        {
            _calls.Release();
        }

        if (invocation.InvocationId is not null) Say(answer);
    }

    private async Task Leave(Exception? trouble)
    {
        try
        {
            await hub.OnDisconnectedAsync(trouble);
        }
#pragma warning disable CA1031 // The line is over either way; the reason is for the log.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lines.Log.LogWarning(e, "A phone's leaving failed.");
        }
    }

    private void Say(HubMessage message)
    {
        var writer = Writer();
        lines.Protocol.WriteMessage(message, writer);
        SendText(writer);
    }

    /// <summary>This thread's writer, with room for a frame's header in front.</summary>
    private static ArrayBufferWriter<byte> Writer()
    {
        var writer = t_writer ??= new ArrayBufferWriter<byte>(2048);
        writer.ResetWrittenCount();
        writer.GetSpan(WebSocketFrame.LongestHeader);
        writer.Advance(WebSocketFrame.LongestHeader);
        return writer;
    }

    private void SendText(ArrayBufferWriter<byte> writer)
    {
        var written = MemoryMarshal.AsMemory(writer.WrittenMemory).Span;
        Span<byte> header = stackalloc byte[WebSocketFrame.LongestHeader];
        var length = WebSocketFrame.WriteHeader(header, WebSocketFrame.Text, written.Length - WebSocketFrame.LongestHeader);
        var begin = WebSocketFrame.LongestHeader - length;
        header[..length].CopyTo(written[begin..]);
        output.Send(written[begin..]);
    }
}

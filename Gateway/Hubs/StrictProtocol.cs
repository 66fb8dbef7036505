using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>
/// SignalR's JSON protocol, less what no page of ours says and no client needs to read. A client may invoke, cancel, ping
/// and close; any other message (streams, stream items, completions, acknowledgements, kinds that do not exist) is a frame
/// that cannot be parsed. A connection that sends frames faster than any page is closed the same way, since frames that
/// fail to bind never reach a limit of ours. An error leaves as a code and nothing else: the framework's own sentences
/// name methods and types.
/// </summary>
internal sealed class StrictProtocol(IOptions<JsonHubProtocolOptions> json, GatewayOptions options, GatewayMeter meter, TimeProvider time) : IHubProtocol
{
    /// <summary>How the framework joins its own sentence to a code of ours.</summary>
    private const string CodeFollows = "HubException: ";

    private readonly JsonHubProtocol _json = new(json);

    /// <summary>The framework makes one binder a connection; what is known of the connection goes when the binder goes.</summary>
    private readonly ConditionalWeakTable<IInvocationBinder, Speaker> _speakers = [];

    /// <inheritdoc/>
    public string Name => _json.Name;

    /// <inheritdoc/>
    public int Version => _json.Version;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => _json.TransferFormat;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The frame is not one a client may send, or one too many.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        var read = Read(ref input, binder, out message);
        if (!read)
        {
            // The framework skips kinds it does not know, and with them whatever else has arrived.
            return input.Length == before ? false : throw new InvalidDataException("A message of an unknown kind.");
        }

        var speaker = _speakers.GetValue(binder, _ => new Speaker(new TokenBucket(options.Frames, time)));
        if (speaker.SaidGoodbye) throw new InvalidDataException("A message after the close.");
        if (!speaker.Pace.Take()) throw new InvalidDataException("Too many messages.");
        speaker.SaidGoodbye = message is CloseMessage;
        return message switch
        {
            StreamInvocationMessage => throw new InvalidDataException("Nothing here streams."),
            InvocationMessage { StreamIds.Length: > 0 } => throw new InvalidDataException("Nothing here streams."),
            InvocationMessage or InvocationBindingFailureMessage or CancelInvocationMessage or PingMessage or CloseMessage => true,
            _ => throw new InvalidDataException("A message only the server sends."),
        };
    }

    /// <summary>What the framework's parser did not foresee (half a surrogate pair, say) is a frame that cannot be parsed, too.</summary>
    private bool Read(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return _json.TryParseMessage(ref input, binder, out message);
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            throw new InvalidDataException("A frame that cannot be parsed.", e);
        }
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(Plain(message), output);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(Plain(message));

    private HubMessage Plain(HubMessage message)
    {
        if (message is not CompletionMessage { Error: { } error } failed) return message;
        var code = Code(error);
        meter.Refused(code);
        return new CompletionMessage(failed.InvocationId!, code, null, hasResult: false);
    }

    /// <summary>The code that a method refused with; for whatever the framework refused, that the call could not be read.</summary>
    private static string Code(string error)
    {
        var at = error.LastIndexOf(CodeFollows, StringComparison.Ordinal);
        var code = at < 0 ? "" : error[(at + CodeFollows.Length)..];
        return code.Length is > 0 and <= 32 && code.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? code : Refusals.BadRequest.Code;
    }

    /// <summary>A connection as its frames show it; frames of one connection are parsed one after the other.</summary>
    private sealed class Speaker(TokenBucket pace)
    {
        public TokenBucket Pace => pace;

        public bool SaidGoodbye { get; set; }
    }
}

using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.House;
using Orleans.Story.Gateway.Lines;
using Orleans.Story.Gateway.Preflight;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>A message to every client of a session, serialized at most once however many they are.</summary>
/// <param name="Kind">Of two pushes of a kind, the newer makes the older pointless.</param>
/// <param name="Seq">Its place in the session's sequence.</param>
/// <param name="Message">The message; it keeps its bytes after the first write.</param>
internal sealed record Push(PushKind Kind, long Seq, SerializedHubMessage Message)
{
    /// <summary>The stage.</summary>
    public static Push Of(Stage stage) => Make(PushKind.Stage, stage.Seq, "stage", stage);

    /// <summary>The tally.</summary>
    public static Push Of(Tally tally) => Make(PushKind.Tally, tally.Seq, "tally", tally);

    /// <summary>Health, for consoles.</summary>
    public static Push Of(SessionHealth session, GatewayHealth gateway, long seq) => Make(PushKind.Health, seq, "health", session, gateway);

    /// <summary>The house, for whoever looks after it.</summary>
    public static Push Of(HouseNow house, long seq) => Make(PushKind.House, seq, "house", house);

    /// <summary>A test picture, for walls; <paramref name="seq"/> is the present's.</summary>
    public static Push Of(TestPicture picture, long seq) => Make(PushKind.Test, seq, "test", picture);

    /// <summary>The last thing a connection hears.</summary>
    public static Push Goodbye(Refusal why) => Make(PushKind.Stage, 0, "leave", why);

    private static Push Make(PushKind kind, long seq, string method, params object[] arguments) =>
        new(kind, seq, new FramedMessage(new InvocationMessage(method, arguments)));
}

/// <summary>Kinds of pushes.</summary>
internal enum PushKind
{
    /// <summary>The whole present.</summary>
    Stage,

    /// <summary>The open round's count.</summary>
    Tally,

    /// <summary>What only the console shows.</summary>
    Health,

    /// <summary>All screenings.</summary>
    House,

    /// <summary>A test picture, before the show.</summary>
    Test,
}

/// <summary>How a gateway does with one session, for the console.</summary>
/// <param name="Phones">Phones connected here, a seat once.</param>
/// <param name="Walls">Walls connected here.</param>
/// <param name="VotesPerSecond">Ballots acknowledged in the last second.</param>
/// <param name="AckP99Ms">From arrival to receipt, 99th percentile of the last seconds, milliseconds.</param>
/// <param name="Queued">Ballots waiting for a shard.</param>
/// <param name="Slow">Connections whose last write is still pending.</param>
internal sealed record GatewayHealth(int Phones, int Walls, int VotesPerSecond, double AckP99Ms, int Queued, int Slow);

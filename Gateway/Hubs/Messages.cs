using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Preflight;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>A seat's vote as the phone sends it.</summary>
/// <param name="Round">The round.</param>
/// <param name="Choice">Indices of options.</param>
/// <param name="N">One above the highest this device sent or saw in a receipt.</param>
internal sealed record CastBallot(int Round, IReadOnlyList<int>? Choice, int N);

/// <summary>What became of a vote: one of the two is <see langword="null"/>.</summary>
/// <param name="Receipt">The ballot that stands.</param>
/// <param name="Refusal">Why it was not even brought to the shard.</param>
internal sealed record CastAnswer(Receipt? Receipt, Refusal? Refusal);

/// <summary>A feeling as the phone sends it.</summary>
/// <param name="Feeling">One of the eight names.</param>
/// <param name="Intensity">1–3.</param>
internal sealed record SendFeeling(string? Feeling, int Intensity);

/// <summary>A remark as the phone sends it.</summary>
/// <param name="Words">What the viewer typed.</param>
internal sealed record SendRemark(string? Words);

/// <summary>A decision about a remark.</summary>
/// <param name="Session">In which session.</param>
/// <param name="Remark">The remark's id.</param>
/// <param name="Verdict">The name of a <see cref="RemarkVerdict"/>.</param>
internal sealed record JudgeInSession(string? Session, string? Remark, string? Verdict);

/// <summary>A suggested turn as the phone sends it.</summary>
/// <param name="Words">What the viewer typed.</param>
internal sealed record SendSuggestion(string? Words);

/// <summary>A decision about suggested turns that are alike.</summary>
/// <param name="Session">In which session.</param>
/// <param name="Suggestion">The id of the suggestion whose words stand for all.</param>
/// <param name="Verdict">The name of a <see cref="SuggestionVerdict"/>.</param>
/// <param name="Words">The director's own wording, or <see langword="null"/> for the viewer's.</param>
internal sealed record JudgeTurnInSession(string? Session, string? Suggestion, string? Verdict, string? Words = null);

/// <summary>Done when the refusal is <see langword="null"/>.</summary>
/// <param name="Refusal">Why not.</param>
internal sealed record Answer(Refusal? Refusal);

/// <summary>Two clocks at one moment.</summary>
/// <param name="Sent">The client's, as it sent it.</param>
/// <param name="Server">The server's, UTC milliseconds.</param>
internal sealed record ClockAnswer(double Sent, long Server);

/// <summary>The whole present of a phone.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Tally">The open round's count.</param>
/// <param name="Receipt">This seat's standing ballot in the round, if there is a round.</param>
/// <param name="Seat">The seat.</param>
internal sealed record PhoneNow(Stage Stage, Tally? Tally, Receipt? Receipt, int Seat);

/// <summary>The whole present of a wall.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Tally">The open round's count.</param>
/// <param name="Test">The test picture that is up, without its tone, if one is.</param>
internal sealed record WallNow(Stage Stage, Tally? Tally, TestPicture? Test = null);

/// <summary>A line was painted.</summary>
/// <param name="Beat">Its beat.</param>
/// <param name="Line">Its place in the beat.</param>
internal sealed record ShownLine(int Beat, int Line);

/// <summary>Which session a console wants to see.</summary>
/// <param name="Session">The session.</param>
internal sealed record WatchSession(string? Session);

/// <summary>The whole present of a console.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Tally">The open round's count.</param>
/// <param name="Health">The session's.</param>
/// <param name="Gateway">This gateway's.</param>
internal sealed record ConsoleNow(Stage Stage, Tally? Tally, SessionHealth Health, GatewayHealth Gateway);

/// <summary>A command from the console.</summary>
/// <param name="Session">To which session.</param>
/// <param name="Action">What: the name of an <see cref="OperatorAction"/>.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Seconds">For an extension.</param>
/// <param name="Shift">For a pause: whether it moves the end.</param>
/// <param name="Seat">For a kick, a ban, its end, or a freed seat: the seat.</param>
/// <param name="Words">For a notice: what everyone reads.</param>
/// <param name="Option">For an overruling: the option that the story is to follow.</param>
internal sealed record OperateSession(string? Session, string? Action, string? Reason, int Seconds, bool Shift, int Seat = 0, string? Words = null, int? Option = null);

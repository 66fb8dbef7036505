using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Tests.Gateway;

/// <summary>Stages to show.</summary>
internal static class Stages
{
    public static FilmCard Film { get; } = new(
        new FilmRef("pier", new string('a', 64)), Text.Of("en", "The Pier"), Text.Of("en", "Two people miss a boat."), "PG", ["en", "zh"], 2, 30);

    public static Stage Lobby(SessionId session, long seq = 1) => new()
    {
        Seq = seq,
        Session = session,
        Phase = SessionPhase.Lobby,
        NowMs = 0,
        Film = Film,
        Terms = new StageTerms("en", ["en"], 300, VotingRule.Plurality, 10, 3, 240, "JGYMDW", false, 0, Entry.JoinCode),
        Seated = 0,
        Present = 0,
    };

    /// <summary>Playing, with an open round of two options that closes at <paramref name="deadlineMs"/>.</summary>
    public static Stage Voting(
        SessionId session, long seq = 2, int round = 0, long deadlineMs = 4_102_444_800_000, VotingRule rule = VotingRule.Plurality) =>
        Lobby(session, seq) with
        {
            Phase = SessionPhase.Playing,
            Round = new StageRound(
                round, RoundState.Open, Text.Of("en", "Does she wait?"), [Text.Of("en", "Wait"), Text.Of("en", "Go")], rule, 0, deadlineMs, null),
        };

    /// <summary>What a session of this stage looks like from further away: a wall, two phones, all well.</summary>
    public static SessionGlance Glance(Stage stage) => new()
    {
        Session = stage.Session, Title = stage.Film.Title, Phase = stage.Phase, Capacity = 300, Seated = 2, Present = 2,
        Health = new SessionHealth(0, 2, 0, 0, Walls: 1),
    };

    /// <summary>Playing a beat whose only line is very long.</summary>
    public static Stage Wordy(SessionId session, long seq, int letters) => Lobby(session, seq) with
    {
        Phase = SessionPhase.Playing,
        Beat = new StageBeat(
            (int)seq, Text.Of("en", "Act"), Text.Of("en", "Place"), ["#000", "#fff", "#f00"], Text.Of("en", "Night"), 0.5, "storylet",
            [new StageLine(0, null, Text.Of("en", new string('x', letters)), 0, 1000)], 1, false, "place", Typeface.Serif, [], null, null, null),
    };

    public static Tally Tally(long seq, int round = 0, params int[] counts) => new(seq, round, [.. counts], counts.Sum(), null);
}

using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>Every record of a show says which option was the audience's.</summary>
public sealed class TurnExportTests
{
    private static readonly SessionId Session = SessionId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_recording_the_script_and_the_tables_say_whose_it_was()
    {
        var events = Evening(byDirector: false);
        var recording = Recordings.Of(Session, PaperFilm.Film, [.. events])!;
        recording.Beats[0].Vote!.Choice.Turn.ShouldBe(new StageTurn(3, 12, false));
        FountainExport.Write(recording, "en").ShouldContain("Shut the door (from the audience;");
        FountainExport.Write(recording, "zh").ShouldContain("Shut the door（观众提议；");
        var insights = ShowInsights.Of(Session, PaperFilm.Film, events, 20, new Dictionary<int, int>())!;
        insights.Rounds[0].Turn!.Seats.ShouldBe(12);
        insights.Rounds.Skip(1).ShouldAllBe(round => round.Turn == null);
        insights.Interventions.Select(one => one.Kind).ShouldContain("ApproveTurn");
        Encoding.UTF8.GetString(InsightsCsv.Rounds(insights, "en")).Split("\r\n").Single(row => row.Contains("Shut the door", StringComparison.Ordinal)).ShouldEndWith(",12");
    }

    [Fact]
    public void The_directors_wording_is_called_so()
    {
        var recording = Recordings.Of(Session, PaperFilm.Film, [.. Evening(byDirector: true)])!;
        FountainExport.Write(recording, "zh").ShouldContain("（观众提议，导演改写；");
    }

    private static List<SessionEvent> Evening(bool byDirector)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 3).Until(state => state.IsTold);
        var id = new Guid(1, 0, 0, new byte[8]);
        show.Operate(OperatorAction.TurnsOn);
        show.Do(SessionDecision.Of(
            new SuggestionApproved(id, "dora", show.NowMs, byDirector ? "Shut the door" : null),
            new TurnChosen(0, id, null),
            new TurnOffered(0, id, new Option(Text.Of("en", "Shut the door"), [], null, ByAudience: true, ByDirector: byDirector), 12, show.NowMs),
            new RoundOpened(0, 4, VotingRule.Plurality, show.NowMs, show.NowMs + 10_000)));
        show.Until(state => state.Phase == SessionPhase.Ended);
        return show.Events;
    }
}

using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>The same journal gives the same bytes, whoever folds it and whenever.</summary>
public sealed class RecordingTests
{
    [Fact]
    public async Task The_same_journal_gives_the_same_bytes_after_a_restart()
    {
        await using var before = await TestHall.OpenAsync();
        var session = (await before.ScheduleAsync()).Session;
        (await before.Grains.Session(session).Recording()).ShouldBeNull("nothing has been told");
        var votes = await Play(before, session);
        var show = (await before.Grains.Session(session).Recording()).ShouldNotBeNull();
        show.Beats.Sum(beat => beat.Lines.Length).ShouldBeGreaterThan(5);
        show.Beats.Select(beat => beat.Vote).OfType<RecordedVote>().Select(vote => vote.Choice.Counts.Sum()).ShouldBe(Enumerable.Repeat(3, votes));
        show.Actions.Select(action => action.Action).ShouldBe([OperatorAction.Start, OperatorAction.Pause, OperatorAction.Resume]);
        var files = Files(show);
        var again = Files((await before.Grains.Session(session).Recording())!);
        foreach (var format in Names) again[format].ShouldBe(files[format], format);

        await before.KillAsync();
        before.Clock.Advance(TimeSpan.FromHours(5));
        await using var after = await TestHall.OpenAsync(before);
        var later = Files((await after.Grains.Session(session).Recording()).ShouldNotBeNull());
        foreach (var format in Names) later[format].ShouldBe(files[format], format);
    }

    [Fact]
    public async Task No_seat_no_name_and_no_reason_of_an_operator_is_in_it()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 0);
        var command = new OperatorCommand(OperatorAction.Pause, "ana-the-operator", "somebody in row 4 fainted", 0, false);
        (await hall.Grains.Session(session).Operate(command)).Refusal.ShouldBeNull();
        await hall.OperateAsync(session, OperatorAction.End);
        var show = (await hall.Grains.Session(session).Recording()).ShouldNotBeNull();
        show.Actions.Select(action => action.Action).ShouldBe([OperatorAction.Start, OperatorAction.Pause, OperatorAction.End]);
        foreach (var file in Files(show).Values)
        {
            var words = Encoding.UTF8.GetString(file);
            words.ShouldNotContain("ana-the-operator");
            words.ShouldNotContain("row 4");
            words.ShouldNotContain("seat");
        }
    }

    [Fact]
    public async Task A_show_closed_in_the_lobby_has_none()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.End);
        (await hall.Grains.Session(session).Recording()).ShouldBeNull();
    }

    private static readonly string[] Names = ["json", "fountain en", "fountain zh", "vtt", "chapters", "srt", "ink"];

    private static Dictionary<string, byte[]> Files(Recording show) => Names.Zip(new[]
    {
        JsonExport.Write(show),
        Encoding.UTF8.GetBytes(FountainExport.Write(show, "en")),
        Encoding.UTF8.GetBytes(FountainExport.Write(show, "zh")),
        Encoding.UTF8.GetBytes(WebVttExport.Write(show, "en", "zh")),
        Encoding.UTF8.GetBytes(WebVttExport.WriteChapters(show, "en")),
        Encoding.UTF8.GetBytes(SrtExport.Write(show, "zh")),
        Encoding.UTF8.GetBytes(InkExport.Write(show, "en")),
    }).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>Plays to the end; three seats vote in each round, and the first is paused. Answers how many rounds there were.</summary>
    private static async Task<int> Play(TestHall hall, SessionId session)
    {
        await hall.OperateAsync(session, OperatorAction.Start);
        for (var round = 0; ; round++)
        {
            var next = round;
            var stage = await hall.UntilAsync(
                session, now => now.Phase == SessionPhase.Ended || (now.Round is { State: RoundState.Open } open && open.Round >= next), "the next round or the end");
            if (stage.Phase == SessionPhase.Ended) return round;
            await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(stage.Round!, 1, 0, 1, 1));
            if (round > 0) continue;
            await hall.OperateAsync(session, OperatorAction.Pause);
            await hall.OperateAsync(session, OperatorAction.Resume);
        }
    }
}

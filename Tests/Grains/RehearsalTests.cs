using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class RehearsalTests
{
    /// <summary>The paper film as its writer saved it once more.</summary>
    private static readonly ImmutableArray<FilmSource> Snowy =
        [.. PaperFilm.Sources.Select(source => source with { Content = source.Content.Replace("Rain on the one window", "Snow on the one window", StringComparison.Ordinal) })];

    [Fact]
    public async Task A_rehearsal_tells_its_next_beat_from_the_version_that_was_saved_and_so_does_a_restart()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Rehearsal = true })).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var first = await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 2 }, "two lines");
        first.Beat!.Lines[0].Words.In("en").ShouldContain("Rain");

        var newer = await hall.Films.AddAsync(Snowy);
        (await hall.Grains.Session(session).Reload(newer.Film!.Ref)).Refusal.ShouldBeNull();
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(hall);
        var next = await after.UntilAsync(session, stage => stage.Beat is { Ordinal: 1 }, "the next beat");
        next.Beat!.Lines[0].Words.In("en").ShouldContain("Snow");
        next.Film.Film.ShouldBe(newer.Film.Ref);
    }

    [Fact]
    public async Task What_was_written_from_the_version_before_is_written_again()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Film, minutes: 3) with { Rehearsal = true })).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var first = await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 1 }, "a line");
        await hall.UntilWrittenAsync(session, beats: 4);

        (await hall.Grains.Session(session).Reload((await hall.Films.AddAsync(Snowy)).Film!.Ref)).Refusal.ShouldBeNull();
        await hall.UntilWrittenAsync(session, beats: 7);
        var next = await hall.UntilAsync(session, stage => stage.Beat is { Ordinal: 1 }, "the next beat");
        next.Beat!.Lines[0].Words.In("en").ShouldContain("Snow");
        first.Beat!.Lines[0].Words.In("en").ShouldContain("Rain");
    }

    [Fact]
    public async Task A_show_refuses()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        (await hall.Grains.Session(session).Reload(PaperFilm.Film.Ref)).Refusal!.Code.ShouldBe("not-rehearsal");
        (await hall.Grains.Session(session).Reload(PaperFilm.Film.Ref with { Hash = new string('0', 64) })).Refusal!.Code.ShouldBe("unknown-film");
    }
}

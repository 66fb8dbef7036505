using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class ReadmeExample
{
    [Fact]
    public async Task The_last_ballot_of_a_seat_counts_once_even_through_a_crash()
    {
        await using var hall = await TestHall.OpenAsync();               // one silo in memory, a clock you move
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;      // minutes of show in milliseconds

        var audience = hall.Grains.Audience(new AudienceKey(session, 0));
        await audience.Cast(TestHall.Ballots(round, 1, 0, 0, 1));        // seats 1 to 3 vote A, A, B
        await audience.Cast(TestHall.Ballots(round, 2, 1));              // seat 1 changes its mind to B
        await hall.KillAsync();                                          // the process dies in mid-round

        await using var after = await TestHall.OpenAsync(hall);          // and is back on the same folder
        var stage = await after.UntilAsync(session, now => now.Round?.Decision is not null, "the verdict");
        stage.Round!.Decision!.Counts.ShouldBe([1, 2, 0]);
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A show as data, from the real journal.</summary>
public sealed class StoryDataTests
{
    [Fact]
    public async Task A_show_that_ended_is_data_in_both_forms_and_one_that_runs_is_none()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilOpenAsync(session, 0);
        (await hall.Grains.Session(session).Data(StoryForm.Beats)).ShouldBeNull("it has not ended");
        await hall.OperateAsync(session, OperatorAction.End);
        var data = (await hall.Grains.Session(session).Data(StoryForm.Beats)).ShouldNotBeNull();
        var rows = data.Lines.Select(StoryJsonl.Read).ToList();
        rows[0].ShouldSatisfyAllConditions(
            row => (row.Ordinal, row.Fate, row.Session).ShouldBe((0, Fate.Aired, session)), row => row.Checks!.Passed.ShouldBeTrue(), row => row.Film.ShouldBe(data.Film.Film));
        rows.ShouldAllBe(row => row.Ordinal == 0 || row.Fate == Fate.Unreached);
        var chat = (await hall.Grains.Session(session).Data(StoryForm.Chat)).ShouldNotBeNull();
        chat.Lines.Length.ShouldBe(rows.Count);
        chat.Lines.ShouldAllBe(line => line.StartsWith("{\"schema\":\"orleans-story-chat/1\",\"messages\":[{\"role\":\"system\""));
    }
}

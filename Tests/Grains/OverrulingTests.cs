using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>The house overrules, a director steers: on real grains, with a journal that is read back after a crash.</summary>
public sealed class OverrulingTests
{
    [Fact]
    public async Task Another_option_is_followed_also_after_a_crash_and_the_halls_votes_stay_as_they_were_cast()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await VoteAsync(hall, session, 0, 1, 0, 1);
        await hall.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the card");
        (await hall.Grains.Session(session).Operate(new OperatorCommand(OperatorAction.Override, "operator", "Fire drill.", 0, false, Option: 2))).Refusal.ShouldBeNull();
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(hall);
        var stage = (await after.Grains.Session(session).Look())!.Stage;
        stage.Round!.Decision!.Winner.ShouldBe(1);
        stage.Round.Decision.Overruled.ShouldBe(new Overruled(2, "Fire drill."));
        var ended = await after.UntilAsync(session, now => now.Phase == SessionPhase.Ended, "the end");
        ended.Choices[0].Counts.ShouldBe([1, 2, 0]);
        ended.Choices[0].Taken.ShouldBe(2);
        var told = (await after.Grains.Session(session).Story())[1];
        var recording = (await after.Grains.Session(session).Recording())!;
        recording.Beats[0].Vote!.Choice.Overruled!.Taken.ShouldBe(2);
        recording.Beats[1].Lines[0].Words.In("zh").ShouldBe(told.Lines[0].Words.In("zh"));
    }

    [Fact]
    public async Task A_round_held_again_takes_new_ballots_of_the_same_seats_and_both_are_on_record()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await VoteAsync(hall, session, 0, 1, 0, 1);
        await hall.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the card");
        (await hall.Grains.Session(session).Operate(new OperatorCommand(OperatorAction.Rerun, "operator", "The sound was off.", 0, false))).Refusal.ShouldBeNull();
        var again = await hall.UntilOpenAsync(session, 1);
        again.Round!.Again.ShouldBe("The sound was off.");
        again.Beat!.Ordinal.ShouldBe(0);
        var late = await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(again.Round with { Round = 0 }, 9, 2));
        late.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Closed);
        var receipts = await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(again.Round!, 1, 0, 0, 0));
        receipts.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
        var ended = await hall.UntilAsync(session, now => now.Phase == SessionPhase.Ended, "the end");
        ended.Choices[0].Overruled.ShouldBe(new Overruled(null, "The sound was off."));
        ended.Choices[1].Counts.ShouldBe([3, 0, 0]);
        ended.Choices.Select(choice => choice.Round).ShouldBe(Enumerable.Range(0, ended.Choices.Length));
        var rounds = await hall.Grains.Session(session).Rounds();
        rounds[0].Choice.Counts.ShouldBe([1, 2, 0]);
        rounds[1].Order.Winners[0].ShouldBe(-1);
    }

    [Fact]
    public async Task A_directors_line_is_told_and_a_no_brings_another_storylet()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.UntilWrittenAsync(session, 1 + round.Options.Length);
        var grain = hall.Grains.Session(session);
        var script = (await grain.Script())!;
        var (mine, refused) = (new Line(null, Text.Both("The lights go out.", "灯灭了。")), script.Coming[1].Beat!.Storylet);
        (await grain.Direct(Command(DirectorAction.Reject, 1, 1))).Refusal.ShouldBeNull();
        // The options that would have led to it are all written again.
        await hall.UntilWrittenAsync(session, 1 + round.Options.Length + script.Coming.Count(one => one.Beat!.Storylet == refused));
        script = (await grain.Script())!;
        script.Coming.ShouldAllBe(one => one.Beat!.Storylet != refused);
        (await grain.Direct(Command(DirectorAction.Revise, 1, 0) with { Lines = script.Coming[0].Beat!.Lines.Add(mine) })).Refusal.ShouldBeNull();
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(round, 1, 0));
        await hall.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        (await grain.Recording())!.Beats[1].Lines[^1].ShouldSatisfyAllConditions(line => line.Words.In("zh").ShouldBe("灯灭了。"), line => line.ByDirector.ShouldBeTrue());
        (await grain.Direct(Command(DirectorAction.Reject, 1, 1))).Refusal!.Code.ShouldBe("ended");
    }

    private static DirectorCommand Command(DirectorAction action, int beat, int option) => new() { Action = action, By = "director", Reason = "", Beat = beat, Option = option };

    private static async Task VoteAsync(TestHall hall, SessionId session, int round, params int[] choices)
    {
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, round)).Round!;
        await hall.UntilWrittenAsync(session, 1 + open.Options.Length);
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 1, choices));
    }
}

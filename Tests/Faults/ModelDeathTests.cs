using Orleans.Story.Tests.Faults.Support;
using Orleans.Story.Tests.Inference.Support;

namespace Orleans.Story.Tests.Faults;

/// <summary>The real program dies while a model is in the middle of a sentence.</summary>
public sealed class ModelDeathTests
{
    [Fact]
    public async Task What_a_model_was_writing_is_begun_again_and_airs_as_the_models()
    {
        await using var server = await ChatServer.StartAsync();
        var (stuck, mute) = (0, true);
        server.Answer = async (request, http) =>
        {
            if (!mute || !request.Last.StartsWith("Now write beat 2:", StringComparison.Ordinal))
            {
                await ChatServer.SayAsync(http, Parrot.Answer(request));
                return;
            }

            await ChatServer.BeginAsync(http);
            await ChatServer.ChunkAsync(http, "NARRATION｜The lamp ");
            Interlocked.Increment(ref stuck);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await using var hall = await VotingHall.OpenAsync(wrapper: ["env", $"Story__Models__0__Url={server.Url}", "Story__Models__0__Model=parrot", "Story__Models__0__SilenceSeconds=60"], writer: "parrot");
        hall.Stage.Beat.ShouldNotBeNull().Writer.ShouldBe("parrot");
        await VotingHall.Until(() => Volatile.Read(ref stuck) > 0, "a sentence to be begun");
        await hall.UntilAllCountAsync();

        hall.Kill();
        mute = false;
        await hall.BackAsync();
        await hall.WrittenAheadAsync("parrot");
        await hall.CloseAsync();
        await VotingHall.Until(() => hall.Stage.Beat is { Ordinal: 1, Lines.IsEmpty: false }, "the next beat");
        hall.Stage.Beat.ShouldNotBeNull().Writer.ShouldBe("parrot");
        hall.Stage.Beat!.Lines[0].Words.Words.ShouldEndWith("(0)");
        hall.DiskHolds();
    }
}

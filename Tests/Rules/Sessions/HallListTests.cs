using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Tests.Rules.Sessions;

public sealed class HallListTests
{
    private const long NowMs = 1_768_680_000_000;
    private const int Most = 5;

    [Fact]
    public void What_is_still_to_come_stays_however_many_come_after_it()
    {
        var later = Session(0, NowMs + 86_400_000);
        var first = Session(1);
        ImmutableArray<HallSession> listed = [first, later];
        for (var i = 2; i < 20; i++) listed = [Session(i), .. HallList.Kept(listed, NowMs, Most)];
        listed.Length.ShouldBe(Most);
        listed.ShouldContain(later);
        listed.ShouldNotContain(first);
        listed.Take(4).Select(one => one.CreatedMs).ShouldBe([19L, 18, 17, 16], "the newest stay");
    }

    [Fact]
    public void Where_all_are_still_to_come_the_oldest_leaves()
    {
        ImmutableArray<HallSession> listed = [.. Enumerable.Range(0, Most).Reverse().Select(i => Session(i, NowMs + 1 + i))];
        HallList.Kept(listed, NowMs, Most).ShouldBe(listed[..^1]);
    }

    [Fact]
    public void A_list_with_room_keeps_everything()
    {
        ImmutableArray<HallSession> listed = [Session(2), Session(1)];
        HallList.Kept(listed, NowMs, Most).ShouldBe(listed);
    }

    private static HallSession Session(int n, long scheduledMs = 0) => new(new SessionId(new Guid(n, 0, 0, new byte[8])), $"CODE{n}", n, scheduledMs);
}

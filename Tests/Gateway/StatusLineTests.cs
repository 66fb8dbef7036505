using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Terminal;

namespace Orleans.Story.Tests.Gateway;

public sealed class StatusLineTests
{
    [Fact]
    public void The_status_line_says_what_waits_in_both_languages_and_a_dash_where_nobody_voted()
    {
        var stage = Stages.Voting(SessionId.New(DateTimeOffset.UnixEpoch.AddDays(1)));
        var present = new Present(stage, Stages.Tally(5, 0, 2, 3), 1, new SessionHealth(0, 0, 0, 0), System.Collections.Immutable.ImmutableSortedDictionary<int, Sitting>.Empty, null);
        var now = new DateTimeOffset(2026, 1, 2, 20, 15, 0, TimeSpan.Zero);
        StatusLine.Line(new Words("en"), now, present, new GatewayHealth(7, 1, 0, 0, 0, 0), (0, 0))
            .ShouldBe("  20:15:00  playing  –        present 7  votes 5 [2 3]  0 votes/s  ack p99 –  journal batch –  waiting 0+0");
        StatusLine.Line(new Words("zh"), now, present, new GatewayHealth(7, 1, 120, 18.5, 4, 0), (23.5, 2))
            .ShouldBe("  20:15:00  放映中   –        在场 7  票 5 [2 3]  120 票/秒  确认 p99 18.5 ms  日志每批 23.5  等待 4+2");
        StatusLine.Line(new Words("en"), now, present, new GatewayHealth(7, 1, 0, 0, 3, 0), null).ShouldEndWith("journal batch –  waiting 3");
    }
}

using System.Net;
using System.Net.Http.Json;
using Orleans.Story.Gateway;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>docs/design/07-one-address-for-a-hall.md, held to its word.</summary>
public sealed class GateTests
{
    private static readonly IPAddress Hall1 = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Hall2 = IPAddress.Parse("192.0.2.2");

    private static readonly GatewayOptions Tight = new()
    {
        FailedJoins = new Rate(0.001, 3), FailedJoinsOfAll = new Rate(0.001, 5), SuspectJoins = new Rate(0.001, 2), SuspectJoinsOfAll = new Rate(0.001, 3),
    };

    private readonly ManualClock _clock = new();

    [Fact]
    public void A_code_somebody_came_in_with_is_let_in_from_there_whatever_happened_since()
    {
        var gate = new JoinGate(Tight, _clock);
        gate.Right(Hall1, "JGYMDW").ShouldBeTrue();
        for (var i = 0; i < 100; i++) gate.Wrong(Hall1);
        gate.MayTry(Hall1, "XXXXXX").ShouldBeFalse("the address is used up");
        for (var i = 0; i < 1_000; i++)
        {
            gate.MayTry(Hall1, " jgy-mdw ").ShouldBeTrue();
            gate.Right(Hall1, "JGYMDW").ShouldBeTrue();
        }
    }

    [Fact]
    public void The_first_right_code_of_a_flooded_address_gets_in_on_the_trickle_and_opens_the_way_for_all()
    {
        var gate = new JoinGate(Tight with { SuspectJoins = new Rate(1, 1), SuspectJoinsOfAll = new Rate(1, 1) }, _clock);
        for (var i = 0; i < 100; i++) gate.Wrong(Hall1);
        gate.Right(Hall1, "JGYMDW").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        gate.Right(Hall1, "JGYMDW").ShouldBeTrue();
        gate.Right(Hall1, "JGYMDW").ShouldBeTrue();
    }

    [Fact]
    public void Guesses_learn_no_more_when_they_come_all_at_once()
    {
        // All were let through before any was answered: what counts is the order of answers.
        var gate = new JoinGate(Tight, _clock);
        Enumerable.Range(0, 1_000).ShouldAllBe(_ => gate.MayTry(Hall1, "XXXXXX"));
        var told = Enumerable.Range(0, 1_000).Count(_ => gate.Wrong(Hall1).Code == "unknown-code");
        told.ShouldBe(3);
        gate.Right(Hall1, "JGYMDW").ShouldBeFalse("five answers are all this address gets");
    }

    [Fact]
    public void Who_owns_many_addresses_guesses_no_faster()
    {
        var gate = new JoinGate(Tight, _clock);
        var answered = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var address = IPAddress.Parse($"2001:db8:{i:x}::1");
            if (!gate.MayTry(address, "XXXXXX")) continue;
            gate.Wrong(address);
            answered++;
        }

        answered.ShouldBe(5 + 3);
        gate.MayTry(Hall2, "XXXXXX").ShouldBeFalse();
    }

    [Fact]
    public void A_guesser_who_knows_one_code_learns_no_other()
    {
        var gate = new JoinGate(Tight, _clock);
        gate.Right(Hall1, "JGYMDW").ShouldBeTrue();
        for (var i = 0; i < 100; i++) gate.Wrong(Hall1);
        gate.MayTry(Hall1, "ACDEFG").ShouldBeFalse();
        gate.Right(Hall1, "ACDEFG").ShouldBeFalse();
        gate.MayTry(Hall2, "JGYMDW").ShouldBeTrue("another address is another matter");
    }

    [Fact]
    public void A_seats_code_is_paid_for_before_it_is_tried_and_paid_back_when_right()
    {
        var gate = new JoinGate(Tight, _clock);
        for (var i = 0; i < 100; i++)
        {
            var fare = gate.Pay(Hall1, $"JGYMDW-{i:00000000}");
            fare.ShouldBe(JoinFare.Failure);
            gate.PayBack(Hall1, $"JGYMDW-{i:00000000}", fare);
        }

        Enumerable.Range(0, 8).Select(_ => gate.Pay(Hall1, "JGYMDW-XXXXXXXX")).ShouldBe(
            [JoinFare.Failure, JoinFare.Failure, JoinFare.Failure, JoinFare.Suspect, JoinFare.Suspect, JoinFare.None, JoinFare.None, JoinFare.None]);
        gate.Pay(Hall1, "jgymdw 00000007").ShouldBe(JoinFare.Free, "its owner comes back");
        gate.MayTry(Hall1, "JGYMDW").ShouldBeFalse("knowing a card is not knowing the hall's own code");
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_oldest_goes_first()
    {
        var known = new KnownCodes(most: 2);
        known.Add(Hall1, "AAAAAA");
        known.Add(Hall1, "CCCCCC");
        known.Add(Hall1, "DDDDDD");
        known.Has(Hall1, "AAAAAA").ShouldBeFalse();
        known.Has(Hall1, "CCCCCC").ShouldBeTrue();
        known.Has(Hall1, "DDDDDD").ShouldBeTrue();
    }

    [Fact]
    public async Task A_browser_that_signed_in_once_is_not_locked_out_by_guesses_from_its_address()
    {
        await using var hall = await Hall.Open(new GatewayOptions
        {
            FailedSignIns = new Rate(0.001, 3), FailedSignInsOfAll = new Rate(0.001, 3), FailedSignInsOfConsole = new Rate(0.001, 2),
        });
        await hall.SignIn();
        using var guesser = new HttpClient { BaseAddress = hall.Address };
        for (var i = 0; i < 10; i++) await Try(guesser, "guess");
        (await Try(guesser, "guess")).ShouldBe(HttpStatusCode.TooManyRequests);

        const string password = Hall.Password;
        (await Try(guesser, password)).ShouldBe(HttpStatusCode.TooManyRequests, "a right guess is told no sooner than a wrong one");
        for (var i = 0; i < 5; i++) (await Try(hall.Http, password)).ShouldBe(HttpStatusCode.NoContent);

        // It has wrong tries of its own, and not more than those.
        (await Try(hall.Http, "typo")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try(hall.Http, "typo")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try(hall.Http, "typo")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Guesses_at_once_are_no_more_than_guesses_in_a_row()
    {
        await using var hall = await Hall.Open(new GatewayOptions { FailedSignIns = new Rate(0.001, 3) });
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Try(hall.Http, "guess")));
        answers.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(3);
        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(27);
    }

    private static async Task<HttpStatusCode> Try(HttpClient http, string password)
    {
        using var answer = await http.PostAsJsonAsync("/api/sign-in", new SignInRequest("operator", password), Json.Options);
        return answer.StatusCode;
    }
}

using System.Net;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class LimitTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_bucket_gives_its_burst_and_then_its_rate()
    {
        var bucket = new TokenBucket(new Rate(PerSecond: 2, Burst: 3), _clock);
        Enumerable.Range(0, 5).Select(_ => bucket.Take()).ShouldBe([true, true, true, false, false]);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        bucket.Take().ShouldBeTrue();
        bucket.Take().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(1));
        Enumerable.Range(0, 5).Count(_ => bucket.Take()).ShouldBe(3);
    }

    [Fact]
    public void Only_failures_count_and_only_against_their_address()
    {
        var limiter = new FailureLimiter(new Rate(PerSecond: 1, Burst: 2), _clock);
        var hall = IPAddress.Parse("192.168.1.9");
        for (var i = 0; i < 1_000; i++) limiter.MayTry(hall).ShouldBeTrue();
        limiter.Failed(hall);
        limiter.MayTry(hall).ShouldBeTrue();
        limiter.Failed(hall);
        limiter.MayTry(hall).ShouldBeFalse();
        limiter.MayTry(IPAddress.Parse("192.168.1.10")).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        limiter.MayTry(hall).ShouldBeTrue();
    }

    [Fact]
    public void A_whole_64_of_addresses_counts_as_one()
    {
        var limiter = new FailureLimiter(new Rate(PerSecond: 1, Burst: 1), _clock);
        limiter.Failed(IPAddress.Parse("2001:db8:1:2::1"));
        limiter.MayTry(IPAddress.Parse("2001:db8:1:2:ffff::9")).ShouldBeFalse();
        limiter.MayTry(IPAddress.Parse("2001:db8:1:3::1")).ShouldBeTrue();
        limiter.Failed(IPAddress.Parse("::ffff:10.0.0.1"));
        limiter.MayTry(IPAddress.Parse("10.0.0.1")).ShouldBeFalse();
    }

    [Fact]
    public void Readable_passwords_are_four_groups_and_differ()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => ReadablePassword.New()).ToArray();
        passwords.ShouldAllBe(password => password.Split('-').Length == 4 && password.Split('-').All(group => group.Length == 4 && group.All(char.IsAsciiLetterLower)));
        passwords.Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
    }
}

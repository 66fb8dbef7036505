using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Inference.Scheduling;
using Orleans.Story.Rules;

namespace Orleans.Story.Tests.Inference.Scheduling;

public sealed class PoolBookTests
{
    private const long Now = 1_768_680_000_000;

    [Fact]
    public void UntilWorkersHadTimeToRenewABeatAsksAgain()
    {
        var book = new PoolBook(Now);
        book.Place(Ask(One), Now).ShouldBe(new WorkerPlace(null, PoolBook.RetryAfterMs));
        book.Place(Ask(One), Now + PoolBook.LeaseMs).ShouldBe(new WorkerPlace(null, 0), "nobody writes here");
    }

    [Fact]
    public void WhatTheWallWaitsForGoesFirst()
    {
        var book = Book(room: 0);
        var (ahead, live) = (Ask(One, WritePriority.Speculative), Ask(Two));
        book.Place(ahead, Now).Worker.ShouldBeNull();
        book.Place(live, Now).Worker.ShouldBeNull();
        book.Lease(Lease("a", 1), Now + 1);
        book.Place(ahead, Now + 1).Worker.ShouldBeNull("a live beat waits for the only slot");
        book.Place(live, Now + 2).Worker.ShouldBe("a");
    }

    [Fact]
    public void WhatARecordSaysCountsForABookThatHeardNothing()
    {
        var book = new PoolBook(Now);
        book.Recorded(One, 900, Now);
        book.Spent("a", One, 50, Now);
        book.Recorded(One, 950, Now);
        book.Spent(One).ShouldBe(950, "the record once, and what came after it");
        book.Spent("a", Two, 50, Now);
        book.Recorded(Two, 900, Now);
        book.Spent(Two).ShouldBe(50, "the workers know better");
    }

    [Fact]
    public void OfOneSessionTheLikelierBeatGoesFirst()
    {
        var book = Book(room: 0);
        var (unlikely, likely) = (Ask(One, WritePriority.Speculative, 0.2), Ask(One, WritePriority.Speculative, 0.8));
        book.Place(unlikely, Now);
        book.Place(likely, Now);
        book.Lease(Lease("a", 1), Now + 1);
        book.Place(unlikely, Now + 1).Worker.ShouldBeNull();
        book.Place(likely, Now + 2).Worker.ShouldBe("a");
    }

    [Fact]
    public void WhoAsksNoMoreIsNotWaitedFor()
    {
        var book = Book(room: 0);
        book.Place(Ask(Two), Now);
        book.Lease(Lease("a", 1), Now + 2000);
        book.Place(Ask(One, WritePriority.Speculative), Now + 2000).Worker.ShouldBe("a");
    }

    [Fact]
    public void NoSessionTakesAllThatMayBeWrittenAhead()
    {
        var book = Book(room: 4);
        for (var i = 0; i < 3; i++) book.Place(Ask(One, WritePriority.Speculative), Now).Worker.ShouldNotBeNull();
        book.Lease(Lease("a", 0), Now);
        book.Place(Ask(Two, WritePriority.Speculative), Now).Worker.ShouldBeNull("there is no room");
        book.Lease(Lease("a", 1), Now);
        book.Place(Ask(One, WritePriority.Speculative), Now).Worker.ShouldBeNull("it holds three of four");
        book.Place(Ask(Two, WritePriority.Speculative), Now).Worker.ShouldBe("a");
    }

    [Fact]
    public void AJobThatNeedsMoreTokensThanThereAreFindsAnotherWorker()
    {
        var book = new PoolBook(Now);
        book.Lease(new WorkerLease("small", "m", 9, 9, Tokens: 3000), Now);
        book.Place(Ask(One, tokens: 4000), Now).Worker.ShouldBeNull();
        book.Lease(new WorkerLease("large", "m", 9, 9, Tokens: 9000), Now);
        book.Place(Ask(One, tokens: 4000), Now).Worker.ShouldBe("large");
        book.Place(Ask(Two, tokens: 4000), Now).Worker.ShouldBe("large");
        book.Place(Ask(Two, tokens: 4000), Now).Worker.ShouldBeNull("its memory is full");
    }

    [Fact]
    public void ABudgetStopsWritingAheadFirstAndThenTheModel()
    {
        var book = new PoolBook(Now);
        book.Lease(new WorkerLease("a", "m", 9, 9, TokensPerShow: 1000), Now);
        book.Spent("a", One, 899, Now);
        book.Place(Ask(One, WritePriority.Speculative), Now).Worker.ShouldBe("a");
        book.Spent("a", One, 900, Now);
        book.Spent("a", One, 100, Now);
        book.Spent(One).ShouldBe(900, "an old message takes nothing back");
        book.Place(Ask(One, WritePriority.Speculative), Now).ShouldBe(new WorkerPlace(null, 0));
        book.Place(Ask(One), Now).Worker.ShouldBe("a");
        book.Spent("b", One, 100, Now);
        book.Place(Ask(One), Now).ShouldBe(new WorkerPlace(null, 0), "all workers together");
        book.Place(Ask(Two, WritePriority.Speculative), Now).Worker.ShouldBe("a");
    }

    [Fact]
    public void NoWorkerGetsMoreThanItHasRoomForAndEverySessionIsServedInTheEnd() => Properties.Hold(Properties.Seeds, seed =>
    {
        var draws = 0L;
        int Draw(int below) => Seeds.Below(Seeds.For(seed, ++draws), below);
        var book = new PoolBook(Now);
        var slots = 1 + Draw(4);
        var running = new List<(Guid Job, long Until)>();
        var wanting = Enumerable.Range(0, 3 + Draw(10)).Select(i => Ask(new SessionId(new Guid(i % 4 + 1, 0, 0, new byte[8])), Draw(3) == 0 ? WritePriority.Live : WritePriority.Speculative, Draw(10) / 10.0)).ToList();
        for (var now = Now; now < Now + 120_000; now += PoolBook.RetryAfterMs)
        {
            foreach (var done in running.Where(job => job.Until <= now).ToList())
            {
                running.Remove(done);
                book.Release(done.Job);
            }

            book.Lease(new WorkerLease("a", "m", slots - running.Count, slots - running.Count), now);
            foreach (var request in wanting.ToList())
            {
                if (book.Place(request, now).Worker is null) continue;
                wanting.Remove(request);
                running.Add((request.Job, now + 1000 + (Draw(8) * 500)));
                if (running.Count > slots) return false;
            }
        }

        return wanting.Count == 0;
    });

    [Fact]
    public void SharesFollowWeights()
    {
        var wins = Enumerable.Range(0, 4000).Count(i => Rendezvous.Weight($"show-{i}", "heavy", 3) > Rendezvous.Weight($"show-{i}", "light", 1));
        (wins / 4000.0).ShouldBeInRange(0.71, 0.79);
    }

    private static SessionId One { get; } = new(new Guid("0198f0c0-0000-7000-8000-000000000001"));

    private static SessionId Two { get; } = new(new Guid("0198f0c0-0000-7000-8000-000000000002"));

    private static PlaceRequest Ask(SessionId session, WritePriority priority = WritePriority.Live, double likelihood = 0.5, int tokens = 1000) =>
        new(session, Guid.NewGuid(), priority, likelihood, tokens);

    private static WorkerLease Lease(string worker, int room) => new(worker, "m", room, room);

    private static PoolBook Book(int room)
    {
        var book = new PoolBook(Now);
        book.Lease(Lease("a", room), Now);
        return book;
    }
}

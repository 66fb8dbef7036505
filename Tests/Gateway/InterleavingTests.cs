using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Gateway;

/// <summary>
/// One round of a hall with two gateways and up to three shards, on paper: the real gatherings, shards, journal rows and
/// books, and a network that loses, repeats, delays and overtakes, processes that die before and after COMMIT, and two
/// tabs that share a number. A thousand evenings are drawn; each failure names its seed.
/// </summary>
public sealed class InterleavingTests
{
    private const int Evenings = 1_000;

    public static TheoryData<int, VotingRule> Halls => new()
    {
        { 1, VotingRule.Plurality }, { 1, VotingRule.Ranked }, { 3, VotingRule.Plurality }, { 3, VotingRule.Approval },
    };

    [Theory]
    [MemberData(nameof(Halls))]
    public async Task Whatever_the_network_and_the_processes_do_each_seat_counts_once_and_what_was_acknowledged_stands(int shards, VotingRule rule)
    {
        for (var seed = 0L; seed < Evenings; seed++)
        {
            var evening = new Evening(seed, shards, rule);
            await evening.Run();
            evening.Problem().ShouldBeNull($"seed {seed}, {shards} shards, {rule}");
        }
    }

    /// <summary>One drawn evening.</summary>
    private sealed class Evening(long seed, int shards, VotingRule rule)
    {
        private const int Seats = 5;
        private const int Moves = 60;
        private static readonly RoundOrder Order = new(0, 0, []);

        private readonly RoundTerms terms = new(0, 3, rule);
        private readonly int[] numbers = new int[Seats + 1];
        private readonly HashSet<(int Seat, int N, string Choice)> sent = [];
        private readonly List<(int Gateway, Ballot Ballot)> toGateways = [];
        private readonly BallotGathering?[,] gatherings = new BallotGathering?[2, shards];
        private readonly List<(int Shard, BallotGathering Gathering)> toShards = [];
        private readonly List<(Ballot Ballot, Task<Receipt> Receipt)> waiting = [];
        private readonly List<Receipt> acknowledged = [];
        private readonly List<EncodedEvent>[] journals = [.. Enumerable.Range(0, shards).Select(_ => new List<EncodedEvent>())];
        private readonly AudienceShard[] memory = [.. Enumerable.Repeat(AudienceShard.Empty, shards)];
        private readonly List<(int Shard, BallotBook Book)> reports = [];
        private readonly BallotBook?[] known = new BallotBook?[shards];
        private readonly BallotBook?[] @sealed = new BallotBook?[shards];
        private long draws;

        public async Task Run()
        {
            for (var move = 0; move < Moves; move++) await Move(Below(10), open: move < Moves * 3 / 4);
            for (var shard = 0; shard < shards; shard++) Seal(shard);
            // What is still under way arrives after the seal, and changes nothing.
            while (toGateways.Count > 0) Arrive();
            for (var gateway = 0; gateway < 2; gateway++)
            {
                for (var shard = 0; shard < shards; shard++) Flush(gateway, shard);
            }

            while (toShards.Count > 0) Take(fails: 0);
            await Listen();
            while (reports.Count > 0) Merge();
            for (var shard = 0; shard < shards; shard++) Restart(shard);
        }

        /// <summary>What is wrong, or null.</summary>
        public string? Problem()
        {
            // The slow and obvious way: of each seat, the last ballot in the journal before the seal.
            var last = new Dictionary<int, Ballot>();
            foreach (var cast in journals.SelectMany(Events).OfType<BallotsCast>())
            {
                foreach (var ballot in cast.Ballots)
                {
                    if (!sent.Contains((ballot.Seat, ballot.N, ballot.Choice))) return $"nobody sent {ballot}";
                    if (last.TryGetValue(ballot.Seat, out var before) && before.N >= ballot.N) return $"{ballot} came after {before}";
                    last[ballot.Seat] = ballot;
                }
            }

            var book = Books.Sum(@sealed.Select(one => one!), 0);
            var slow = last.Values.CountBy(ballot => ballot.Choice).OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => new BookLine(count.Key, 1, count.Value));
            if (!book.SequenceEqual(slow)) return $"book {Say(book)}, journal {Say(slow)}";
            if (Counting.Voters(book) != last.Count) return "a seat counted twice";
            foreach (var receipt in acknowledged)
            {
                if (!last.TryGetValue(receipt.Seat, out var stands) || stands.N < receipt.N) return $"lost: {receipt}";
                if (stands.N == receipt.N && stands.Choice != receipt.Choice) return $"{receipt} was acknowledged and {stands} stands";
            }

            for (var shard = 0; shard < shards; shard++)
            {
                if (journals[shard].Select(row => row.Type).Count(type => type == nameof(ShardSealed)) != 1) return "sealed more than once";
                if (Seal(shard) is var again && !again.Lines.SequenceEqual(@sealed[shard]!.Lines)) return "a second seal gave another book";
                // The session merged whatever reports reached it, in whatever order.
                if (known[shard] is { } merged && merged.Version > @sealed[shard]!.Version) return "the session knows a book from the future";
            }

            return null;
        }

        private async Task Move(int what, bool open)
        {
            switch (what)
            {
                case 0 or 1 or 2 when open:
                    Tap();
                    break;
                case 3 when toGateways.Count > 0:
                    Arrive();
                    break;
                case 4:
                    Flush(Below(2), Below(shards));
                    break;
                case 5 or 6 when toShards.Count > 0:
                    Take(fails: Below(4));
                    break;
                case 7:
                    await Listen();
                    break;
                case 8 when reports.Count > 0:
                    Merge();
                    break;
                case 9 when Below(3) == 0:
                    Restart(Below(shards));
                    break;
                default:
                    if (!open && Below(2) == 0) Seal(Below(shards));
                    break;
            }
        }

        /// <summary>A tap goes out once or twice, to either gateway; two tabs may take the same number for different choices.</summary>
        private void Tap()
        {
            var seat = 1 + Below(Seats);
            if (Below(4) != 0 || numbers[seat] == 0) numbers[seat]++;
            var options = Enumerable.Range(0, terms.Options).OrderBy(_ => Below(1_000)).Take(Below(rule == VotingRule.Plurality ? 2 : terms.Options + 1)).ToList();
            var ballot = new Ballot(seat, numbers[seat], Ballots.Canonical(rule, terms.Options, options)!);
            sent.Add((ballot.Seat, ballot.N, ballot.Choice));
            for (var copies = Below(3); copies >= 0; copies--) toGateways.Add((Below(2), ballot));
        }

        private void Arrive()
        {
            var (gateway, ballot) = Pull(toGateways);
            if (Below(5) == 0) return;
            var shard = Shards.Of(ballot.Seat, shards);
            var gathering = gatherings[gateway, shard] ??= new BallotGathering(terms);
            waiting.Add((ballot, gathering.Add(ballot)));
        }

        private void Flush(int gateway, int shard)
        {
            if (gatherings[gateway, shard] is not { } gathering) return;
            toShards.Add((shard, gathering));
            gatherings[gateway, shard] = null;
        }

        /// <summary>A shard takes a batch. 1: it dies before COMMIT; 2: after COMMIT, before the answer; else all goes well.</summary>
        private void Take(int fails)
        {
            var (shard, gathering) = Pull(toShards);
            var batch = gathering.Batch();
            if (memory[shard].Decide(batch) is { } cast)
            {
                if (fails == 1)
                {
                    Restart(shard);
                    gathering.Answer([], seat => Busy(seat, shard));
                    return;
                }

                Append(shard, cast);
            }

            if (fails == 2)
            {
                Restart(shard);
                gathering.Answer([], seat => Busy(seat, shard));
                return;
            }

            reports.Add((shard, memory[shard].Round(0).Book(0, ImmutableDictionary<int, int>.Empty)));
            gathering.Answer([.. batch.Ballots.Select(ballot => memory[shard].Receipt(shard, 0, ballot))], seat => Busy(seat, shard));
        }

        /// <summary>Phones hear their answers; a busy one, and one whose answer is lost, sends the same again.</summary>
        private async Task Listen()
        {
            foreach (var (ballot, task) in waiting.Where(one => one.Receipt.IsCompleted).ToList())
            {
                waiting.Remove((ballot, task));
                var receipt = await task;
                if (receipt.Status == ReceiptStatus.Busy || Below(6) == 0)
                {
                    toGateways.Add((Below(2), ballot));
                    continue;
                }

                numbers[ballot.Seat] = Math.Max(numbers[ballot.Seat], receipt.N);
                if (receipt.Status == ReceiptStatus.Counted) acknowledged.Add(receipt);
            }
        }

        private void Merge()
        {
            var (shard, book) = Pull(reports);
            if (Below(3) == 0) return;
            known[shard] = known[shard] is { } before ? Books.Newer(before, book) : book;
            if (Below(3) == 0) reports.Add((shard, book));
        }

        private BallotBook Seal(int shard)
        {
            if (memory[shard].Seal(Order) is { } seal) Append(shard, seal);
            return @sealed[shard] = memory[shard].Round(0).Book(0, ImmutableDictionary<int, int>.Empty);
        }

        private void Append(int shard, AudienceEvent happened)
        {
            journals[shard].Add(EventCodecs.Audience.Write(happened));
            memory[shard] = memory[shard].Evolve(happened, journals[shard].Count);
        }

        /// <summary>Whatever was in memory is gone; the journal is read again.</summary>
        private void Restart(int shard)
        {
            var (fresh, version) = (AudienceShard.Empty, 0);
            foreach (var happened in Events(journals[shard])) fresh = fresh.Evolve(happened, ++version);
            memory[shard] = fresh;
        }

        private static IEnumerable<AudienceEvent> Events(List<EncodedEvent> journal) =>
            journal.Select(row => EventCodecs.Audience.Read(row.Type, row.Format, row.Body.Span));

        private static Receipt Busy(int seat, int shard) => new(ReceiptStatus.Busy, 0, seat, 0, "", shard, 0);

        private T Pull<T>(List<T> from)
        {
            var at = Below(from.Count);
            var pulled = from[at];
            from.RemoveAt(at);
            return pulled;
        }

        private int Below(int below) => Seeds.Below(Seeds.For(seed, ++draws), below);

        private static string Say(IEnumerable<BookLine> book) => string.Join(' ', book.Select(line => $"{line.Choice}:{line.Count}"));
    }
}

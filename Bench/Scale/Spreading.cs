namespace Orleans.Story.Bench.Scale;

/// <summary>How a phone finds its gateway.</summary>
internal enum SpreadPolicy
{
    /// <summary>Evenly at random.</summary>
    Random,

    /// <summary>The gateway with the fewest connections.</summary>
    LeastConnections,

    /// <summary>
    /// All of a session at one gateway: the highest hash of session and gateway (rendezvous), of the gateways that have not more than
    /// a tenth above their share (bounded loads; Mirrokni, Thorup and Zadimoghaddam 2018, and HAProxy's <c>hash-balance-factor</c>).
    /// </summary>
    ByHall,
}

/// <summary>Phones of each session at each gateway. Every phone is at exactly one.</summary>
internal sealed class Spreading
{
    private readonly int[,] _phones;

    private Spreading(int halls, int gateways) => _phones = new int[halls, gateways];

    /// <summary>Sessions.</summary>
    public int Halls => _phones.GetLength(0);

    /// <summary>Gateways.</summary>
    public int Gateways => _phones.GetLength(1);

    /// <summary>Lets everybody come.</summary>
    public static Spreading Of(SpreadPolicy policy, Evening evening, Dice dice)
    {
        var spread = new Spreading(evening.Halls, evening.Gateways);
        // A session larger than a gateway holds has to be spread, whatever the policy.
        if (policy == SpreadPolicy.ByHall && evening.Seats > Limits.Connections) policy = SpreadPolicy.LeastConnections;
        var places = policy == SpreadPolicy.LeastConnections ? Shuffled(evening.Phones, evening.Gateways, dice) : [];
        var (at, most) = (new int[evening.Gateways], 1.1 * evening.Phones / evening.Gateways);
        for (var hall = 0; hall < evening.Halls; hall++)
        {
            if (policy == SpreadPolicy.ByHall)
            {
                var home = Enumerable.Range(0, evening.Gateways)
                    .OrderByDescending(gateway => at[gateway] + evening.Seats <= most)
                    .ThenByDescending(gateway => new Dice(evening.Seed).Fork((ulong)hall).Fork((ulong)gateway).Bits()).First();
                spread._phones[hall, home] = evening.Seats;
                at[home] += evening.Seats;
                continue;
            }

            for (var seat = 0; seat < evening.Seats; seat++)
            {
                var gateway = policy == SpreadPolicy.Random ? dice.Below(evening.Gateways) : places[(hall * evening.Seats) + seat];
                spread._phones[hall, gateway]++;
            }
        }

        return spread;
    }

    /// <summary>Phones of a session at a gateway.</summary>
    public int Phones(int hall, int gateway) => _phones[hall, gateway];

    /// <summary>Phones at a gateway.</summary>
    public int At(int gateway) => Enumerable.Range(0, Halls).Sum(hall => _phones[hall, gateway]);

    /// <summary>Gateways that follow a session.</summary>
    public int Observers(int hall) => Enumerable.Range(0, Gateways).Count(gateway => _phones[hall, gateway] > 0);

    /// <summary>Whoever comes next goes where the fewest are, and halls come mixed: the gateways in turn, in random order.</summary>
    private static int[] Shuffled(int phones, int gateways, Dice dice)
    {
        var places = Enumerable.Range(0, phones).Select(phone => phone % gateways).ToArray();
        for (var i = places.Length - 1; i > 0; i--)
        {
            var other = dice.Below(i + 1);
            (places[i], places[other]) = (places[other], places[i]);
        }

        return places;
    }
}

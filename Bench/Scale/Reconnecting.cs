namespace Orleans.Story.Bench.Scale;

/// <summary>What came of a gateway's death.</summary>
/// <param name="Phones">Phones that lost their line.</param>
/// <param name="Back">Seconds until each was back; 60 where it was not by then.</param>
/// <param name="Attempts">Attempts in all.</param>
/// <param name="Peak">Attempts a second at the busiest gateway that is left, over its busiest half second.</param>
/// <param name="Stranded">Phones that found no room within a minute.</param>
internal readonly record struct Return(int Phones, Series Back, int Attempts, double Peak, int Stranded);

/// <summary>
/// A gateway dies at once, and its phones come back as the page does (<c>Gateway/Web/src/lib/backoff.ts</c>): half of
/// min(8 s, 0.5 s × 2ⁿ) and up to as much again by chance. Until the balancer has noticed, an attempt may be sent to the dead one.
/// </summary>
internal static class Reconnecting
{
    /// <summary>How long an attempt is waited for, seconds (<c>patienceMs</c>).</summary>
    private const double Patience = 10;

    /// <summary>A phone gives up nothing, the simulation does, seconds.</summary>
    private const double End = 60;

    /// <summary>Milliseconds that the page waits before an attempt.</summary>
    public static double Backoff(int attempt, double random)
    {
        var most = Math.Min(8000, 500 * Math.Pow(2, Math.Min(attempt, 10)));
        return (most / 2) + (most / 2 * random);
    }

    /// <summary>Plays it.</summary>
    /// <param name="evening">How many of what.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="busy">Which part of a gateway's cores the show takes.</param>
    /// <param name="notices">Seconds until the balancer sends nobody to the dead one.</param>
    /// <param name="dice">Chance.</param>
    public static Return Play(Evening evening, Costs costs, double busy, double notices, Dice dice)
    {
        var phones = evening.Phones / evening.Gateways;
        var left = evening.Gateways - 1;
        var open = Enumerable.Repeat(phones, left).ToArray();
        var until = new double[left];
        var takes = costs.Connect / 1e6 / Math.Max(0.05, evening.GatewayCores * (1 - busy));
        var coming = new PriorityQueue<(int Phone, int Attempt), double>();
        for (var phone = 0; phone < phones; phone++) coming.Enqueue((phone, 0), Backoff(0, dice.Unit()) / 1000);
        var back = Enumerable.Repeat(End, phones).ToArray();
        var halves = new Dictionary<(int Gateway, int Half), int>();
        var attempts = 0;
        while (coming.TryDequeue(out var one, out var now) && now < End)
        {
            attempts++;
            var gateway = dice.Below(now < notices ? evening.Gateways : left);
            if (gateway == left || left == 0)
            {
                Again(now);
                continue;
            }

            halves[(gateway, (int)(now * 2))] = halves.GetValueOrDefault((gateway, (int)(now * 2))) + 1;
            if (open[gateway] >= Limits.Connections)
            {
                Again(now);
                continue;
            }

            until[gateway] = Math.Max(until[gateway], now) + takes;
            if (until[gateway] - now > Patience)
            {
                Again(now + Patience);
                continue;
            }

            open[gateway]++;
            back[one.Phone] = until[gateway];

            void Again(double at) => coming.Enqueue((one.Phone, one.Attempt + 1), at + (Backoff(one.Attempt + 1, dice.Unit()) / 1000));
        }

        return new Return(phones, Series.Of(back), attempts, halves.Count == 0 ? 0 : halves.Values.Max() * 2, back.Count(seconds => seconds >= End));
    }
}

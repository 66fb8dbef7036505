namespace Orleans.Story.Bench.Scale;

/// <summary>
/// How one show goes, second by second: a beat of 30 to 120 s is told, a round is open for 20 s, half a second goes by to the
/// seal, a card stands for 4 s. Of a session's seats 80 % vote evenly over the first five seconds; a fifth of them changes the
/// vote within four more (as in the hall bench). So a round has 0.96 ballots a seat.
/// </summary>
internal sealed class Rhythm
{
    /// <summary>Seconds that a round is open.</summary>
    public const double Window = 20;

    /// <summary>Seconds from the deadline to the end of the card.</summary>
    public const double SealAndCard = 4.5;

    /// <summary>Shortest and longest beat, seconds.</summary>
    public const double Shortest = 30, Longest = 120;

    /// <summary>Ballots of one round, a seat.</summary>
    public const double BallotsASeat = 0.96;

    /// <summary>Seconds from the opening in which ballots come, and tallies move.</summary>
    public const double Counting = 9;

    /// <summary>
    /// Stages of a beat besides its lines: opened, sealing, decided, on.
    /// </summary>
    public const double OtherStages = 4;

    /// <summary>Lines of a beat: 10 in last-ferry, 13 in seventh-night, by their storylets.</summary>
    public const double Lines = 11;

    /// <summary>Mean seconds of a beat with its round and card.</summary>
    public const double Cycle = ((Shortest + Longest) / 2) + Window + SealAndCard;

    private readonly double[] _ballots;
    private readonly double[] _counting;
    private readonly double[] _stages;

    private Rhythm(int seconds) => (_ballots, _counting, _stages) = (new double[seconds], new double[seconds], new double[seconds]);

    /// <summary>A show that began <paramref name="since"/> seconds before second 0 of what is looked at.</summary>
    public static Rhythm Of(double since, int seconds, Dice dice)
    {
        var show = new Rhythm(seconds);
        for (var at = -since; at < seconds;)
        {
            var told = dice.Between(Shortest, Longest);
            for (var line = 0; line < (int)Lines; line++) show.Stage(at + (told * line / Lines));
            at += told;
            show.Stage(at);
            Spread(show._ballots, at, at + 5, 0.8);
            Spread(show._ballots, at + 5, at + Counting, 0.16);
            Spread(show._counting, at, at + Counting, Counting);
            at += Window;
            show.Stage(at);
            show.Stage(at + 0.5);
            at += SealAndCard;
            show.Stage(at);
        }

        return show;
    }

    /// <summary>Ballots a seat in this second.</summary>
    public double Ballots(int second) => _ballots[second];

    /// <summary>Which part of this second the tally moves, 0–1.</summary>
    public double Tallying(int second) => _counting[second];

    /// <summary>Stages that go out in this second.</summary>
    public double Stages(int second) => _stages[second];

    private void Stage(double at)
    {
        var second = (int)Math.Floor(at);
        if (second >= 0 && second < _stages.Length) _stages[second]++;
    }

    /// <summary>Lays an amount evenly over a time that may begin and end within a second.</summary>
    private static void Spread(double[] seconds, double from, double to, double amount)
    {
        for (var second = Math.Max(0, (int)Math.Floor(from)); second < Math.Min(seconds.Length, to); second++)
        {
            seconds[second] += amount * Math.Max(0, Math.Min(to, second + 1) - Math.Max(from, second)) / (to - from);
        }
    }
}

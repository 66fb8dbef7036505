namespace Orleans.Story.Bench.Scale;

/// <summary>A show goes on everywhere: what silos and gateways carry, second by second, from when the last session has started.</summary>
internal sealed class Playing
{
    private readonly Evening _evening;
    private readonly Traffic _traffic;
    private readonly Rhythm[] _shows;
    private readonly int[] _observers;
    private readonly Spreading _spreading;
    private readonly Costs _costs;

    /// <summary>Lets an evening begin.</summary>
    /// <param name="evening">How many of what.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="spread">How phones find gateways.</param>
    /// <param name="mends">What is changed.</param>
    /// <param name="busiest">Share of all rows that the busiest silo's writer takes; even shares when left out.</param>
    public Playing(Evening evening, Costs costs, SpreadPolicy spread, Mends mends, double? busiest = null)
    {
        (_evening, _costs) = (evening, costs);
        var dice = new Dice(evening.Seed);
        _spreading = Spreading.Of(spread, evening, dice.Fork(1));
        var lookAt = evening.StartSpread * 60;
        var starts = dice.Fork(2);
        _shows = [.. Enumerable.Range(0, evening.Halls).Select(hall => Rhythm.Of(starts.Between(0, 2 * lookAt), evening.Seconds, dice.Fork((ulong)hall + 100)))];
        _observers = [.. Enumerable.Range(0, evening.Halls).Select(_spreading.Observers)];
        // A commit's time depends on the rows that come, and they on it: half steps settle it.
        Commit = Scale.Commit.Wait(costs, 0);
        for (var turn = 0; ; turn++)
        {
            _traffic = new Traffic(costs, evening, mends, Commit);
            Rows = Series.Of(Seconds().Select(second => Halls().Sum(hall => AllRows(hall, second))));
            var next = (Commit + Scale.Commit.Wait(costs, Rows.P99 * (busiest ?? (1.0 / evening.Silos)))) / 2;
            if (turn == 40 || Math.Abs(next - Commit) < 0.001 * Commit) break;
            Commit = next;
        }
    }

    /// <summary>From an append to its answer at the busiest writer, ms, in the busiest second.</summary>
    public double Commit { get; }

    /// <summary>Journal rows a second of all sessions.</summary>
    public Series Rows { get; }

    /// <summary>Who is where.</summary>
    public Spreading Spreading => _spreading;

    /// <summary>Gateways that follow a session, in the mean.</summary>
    public double Observers => _observers.Average();

    /// <summary>Pushes of all sessions to their gateways, a second.</summary>
    public Series Pushes => Series.Of(Seconds().Select(second => Halls().Sum(hall => Cost(hall, second).Pushes)));

    /// <summary>Renewals of watches, a second.</summary>
    public double Renewals => _observers.Sum() / Limits.Renewal;

    /// <summary>Ballots a second of all sessions.</summary>
    public Series Ballots => Series.Of(Seconds().Select(second => Halls().Sum(hall => _shows[hall].Ballots(second) * _evening.Seats)));

    /// <summary>The share of a core that one session grain takes in its busiest seconds: it is one turn at a time.</summary>
    public double SessionTurn => Series.Of(Seconds().SelectMany(second => Halls().Select(hall => Cost(hall, second).Session))).P99 / 1e6;

    /// <summary>CPU of all silos, cores.</summary>
    public Series SiloCores => Series.Of(Seconds().Select(second => Halls().Sum(hall => Cores(hall, second))));

    /// <summary>Mean CPU of a session grain and of a shard, as a share of a silo: what placement sees of them.</summary>
    public (double Session, double Shard) Shares()
    {
        var all = Seconds().SelectMany(second => Halls().Select(hall => Cost(hall, second))).ToList();
        var whole = 1e6 * _evening.SiloCores;
        return (all.Average(cost => cost.Session) / whole, all.Average(cost => cost.Shard) / whole);
    }

    /// <summary>
    /// The busiest silo, second by second, against the mean of those that are there; and how much of its cores it used.
    /// </summary>
    public (Series AgainstMean, Series Used) Busiest(Cluster cluster)
    {
        var (against, used) = (new List<double>(), new List<double>());
        var load = new double[_evening.Silos];
        foreach (var second in Seconds())
        {
            Array.Clear(load);
            foreach (var hall in Halls())
            {
                var cost = Cost(hall, second);
                load[cluster.Sessions[hall]] += cost.Session;
                foreach (var silo in cluster.Shards(hall)) load[silo] += cost.Shard;
            }

            var up = load.Where((_, silo) => cluster.IsUp(silo)).ToList();
            if (up.Average() > 0) against.Add(up.Max() / up.Average());
            used.Add(up.Max() / 1e6 / _evening.SiloCores);
        }

        return (Series.Of(against), Series.Of(used));
    }

    /// <summary>Journal rows a second at the writer of the silo that has the most of them.</summary>
    public Series RowsAt(Cluster cluster)
    {
        var most = new List<double>();
        var rows = new double[_evening.Silos];
        foreach (var second in Seconds())
        {
            Array.Clear(rows);
            foreach (var hall in Halls())
            {
                var cost = Cost(hall, second);
                rows[cluster.Sessions[hall]] += cost.OwnRows;
                foreach (var silo in cluster.Shards(hall)) rows[silo] += cost.ShardRows;
            }

            most.Add(rows.Max());
        }

        return Series.Of(most);
    }

    /// <summary>Gateways: cores used by the busiest in a second, and what it sends, Gbit/s; and the same of all.</summary>
    public (Series Busiest, Series Out, double AllCores, double AllOut) Gateways()
    {
        var (busiest, outs, cores, all) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (cpu, sent) = (new double[_spreading.Gateways], new double[_spreading.Gateways]);
        foreach (var second in Seconds())
        {
            Array.Clear(cpu);
            Array.Clear(sent);
            foreach (var hall in Halls())
            {
                for (var gateway = 0; gateway < cpu.Length; gateway++)
                {
                    var here = _traffic.AtGateway(_shows[hall], second, _spreading.Phones(hall, gateway), _observers[hall]);
                    cpu[gateway] += here.Cpu / 1e6;
                    sent[gateway] += here.Out * 8e3 / 1e9;
                }
            }

            busiest.Add(cpu.Max());
            outs.Add(sent.Max());
            cores.Add(cpu.Sum());
            all.Add(sent.Sum());
        }

        return (Series.Of(busiest), Series.Of(outs), Series.Of(cores).P99, Series.Of(all).P99);
    }

    /// <summary>Memory of a gateway's connections, GB, at the fullest.</summary>
    public double Memory => Enumerable.Range(0, _spreading.Gateways).Max(_spreading.At) * _costs.ConnectionMemory / 1e6;

    private IEnumerable<int> Seconds() => Enumerable.Range(0, _evening.Seconds);

    private IEnumerable<int> Halls() => Enumerable.Range(0, _evening.Halls);

    private SessionSecond Cost(int hall, int second) => _traffic.Of(_shows[hall], second, _observers[hall]);

    private double AllRows(int hall, int second)
    {
        var cost = Cost(hall, second);
        return cost.OwnRows + (cost.ShardRows * _evening.Shards);
    }

    private double Cores(int hall, int second)
    {
        var cost = Cost(hall, second);
        return (cost.Session + (cost.Shard * _evening.Shards)) / 1e6;
    }
}

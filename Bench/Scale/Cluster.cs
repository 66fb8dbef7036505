namespace Orleans.Story.Bench.Scale;

/// <summary>How a new activation finds its silo.</summary>
internal enum PlacementPolicy
{
    /// <summary>As the code is: sessions by Orleans's default, their shards evenly at random (<c>[RandomPlacement]</c> on <c>AudienceGrain</c>).</summary>
    ShardsAtRandom,

    /// <summary>All by Orleans's default since 9.2, at its default weights; shards were placed so before.</summary>
    ResourceOptimized,

    /// <summary>All evenly at random: Orleans's default before 9.2.</summary>
    Random,

    /// <summary>By a hash of the grain's id over the silos that are there.</summary>
    HashBased,
}

/// <summary>
/// Where the grains of every session are. A session is its own grain and its audience shards, each placed alone, by the silo
/// at which the first call comes in: a gateway's calls come in at any. Where minorities are protected a session is its shards' first
/// caller, which matters to <see cref="PlacementPolicy.ResourceOptimized"/> alone.
/// </summary>
/// <remarks>
/// Orleans's default is <c>ResourceOptimizedPlacementDirector</c> of Orleans 10 (read at the
/// source): of the silos that are not overloaded ceil(sqrt(n)) are drawn, the one with the lowest score wins, and the
/// caller's own silo is kept when it is at most 5 points of 100 worse. Of the score's weights (CPU 40, memory 20 + 20 + 5,
/// activations 15) the memory terms are left out: silos are alike, and our grains small. Silos tell each other how they
/// are once a second, so everything placed within one second is placed on the same news.
/// </remarks>
internal sealed class Cluster
{
    /// <summary>Weight of CPU and of activations in a score, and how much worse the caller's silo may be.</summary>
    private const double CpuWeight = 0.40, ActivationWeight = 0.15, LocalMargin = 0.05;

    private readonly PlacementPolicy _policy;
    private readonly Dice _dice;
    private readonly bool _sessionCalls;
    private readonly int[] _session;
    private readonly int[][] _shards;
    private readonly double _sessionCpu, _shardCpu;
    private readonly bool[] _up;
    private readonly (double Cpu, double Activations)[] _news;

    /// <summary>Nobody is placed yet.</summary>
    /// <param name="policy">How grains find silos.</param>
    /// <param name="evening">How many of what.</param>
    /// <param name="sessionCpu">CPU that a session grain takes while it plays, as a share of a silo.</param>
    /// <param name="shardCpu">The same for a shard.</param>
    /// <param name="dice">Chance.</param>
    public Cluster(PlacementPolicy policy, Evening evening, double sessionCpu, double shardCpu, Dice dice)
    {
        (_policy, _sessionCpu, _shardCpu, _dice, _sessionCalls) = (policy, sessionCpu, shardCpu, dice, evening.Protection);
        _session = new int[evening.Halls];
        _shards = [.. Enumerable.Range(0, evening.Halls).Select(_ => Enumerable.Repeat(-1, evening.Shards).ToArray())];
        Array.Fill(_session, -1);
        _up = [.. Enumerable.Repeat(true, evening.Silos)];
        _news = new (double, double)[evening.Silos];
    }

    /// <summary>The silo of each session; −1 where it is not placed.</summary>
    public IReadOnlyList<int> Sessions => _session;

    /// <summary>The silos of a session's shards.</summary>
    public IReadOnlyList<int> Shards(int session) => _shards[session];

    /// <summary>Whether a silo is there.</summary>
    public bool IsUp(int silo) => _up[silo];

    /// <summary>Shards on the silo of their session, as a share of all.</summary>
    public double Together => Enumerable.Range(0, _session.Length).SelectMany(hall => _shards[hall].Select(shard => shard == _session[hall] ? 1.0 : 0)).Average();

    /// <summary>Sessions begin, so many a second, and news goes round each second.</summary>
    public void Start(double aSecond)
    {
        var due = 0.0;
        for (var hall = 0; hall < _session.Length;)
        {
            Tell();
            for (due += aSecond; due >= 1 && hall < _session.Length; due--, hall++) Place(hall);
        }
    }

    /// <summary>A silo is gone at once. What it held comes back within two seconds, as gateways renew, half of it in each.</summary>
    public void Lose(int silo)
    {
        _up[silo] = false;
        Empty(silo);
        Back(2);
    }

    /// <summary>
    /// Every silo is replaced, one after the other: it hands its grains to the others as they are called, and comes back empty
    /// before the next one goes.
    /// </summary>
    public void Roll()
    {
        for (var silo = 0; silo < _up.Length; silo++)
        {
            Lose(silo);
            _up[silo] = true;
        }
    }

    private void Empty(int silo)
    {
        for (var hall = 0; hall < _session.Length; hall++)
        {
            if (_session[hall] == silo) _session[hall] = -1;
            for (var shard = 0; shard < _shards[hall].Length; shard++)
            {
                if (_shards[hall][shard] == silo) _shards[hall][shard] = -1;
            }
        }
    }

    private void Back(int seconds)
    {
        var lost = Enumerable.Range(0, _session.Length).Where(hall => _session[hall] < 0 || _shards[hall].Contains(-1)).ToList();
        for (var second = 0; second < seconds; second++)
        {
            Tell();
            for (var i = second; i < lost.Count; i += seconds) Place(lost[i]);
        }
    }

    private void Place(int hall)
    {
        if (_session[hall] < 0) _session[hall] = Pick(Of(shard: false), AnySilo(), (ulong)hall << 8);
        for (var shard = 0; shard < _shards[hall].Length; shard++)
        {
            if (_shards[hall][shard] < 0) _shards[hall][shard] = Pick(Of(shard: true), _sessionCalls ? _session[hall] : AnySilo(), ((ulong)hall << 8) + (ulong)shard + 1);
        }
    }

    private int AnySilo()
    {
        var up = Up();
        return up[_dice.Below(up.Length)];
    }

    private int[] Up() => [.. Enumerable.Range(0, _up.Length).Where(silo => _up[silo])];

    /// <summary>How a session or a shard finds its silo.</summary>
    private PlacementPolicy Of(bool shard) => (_policy, shard) switch
    {
        (PlacementPolicy.ShardsAtRandom, true) => PlacementPolicy.Random,
        (PlacementPolicy.ShardsAtRandom, false) => PlacementPolicy.ResourceOptimized,
        _ => _policy,
    };

    /// <summary>The silo for a grain, called from <paramref name="caller"/>.</summary>
    private int Pick(PlacementPolicy policy, int caller, ulong grain)
    {
        var up = Up();
        if (policy == PlacementPolicy.Random) return up[_dice.Below(up.Length)];
        if (policy == PlacementPolicy.HashBased) return up[new Dice(grain).Below(up.Length)];
        var most = Math.Max(1, up.Max(silo => _news[silo].Activations));
        var candidates = (int)Math.Ceiling(Math.Sqrt(up.Length));
        for (var i = 0; i < candidates; i++)
        {
            var chosen = i + _dice.Below(up.Length - i);
            (up[i], up[chosen]) = (up[chosen], up[i]);
        }

        var best = up.Take(candidates).MinBy(Score);
        return Score(caller) - LocalMargin <= Score(best) ? caller : best;

        double Score(int silo) => (CpuWeight * Math.Min(1, _news[silo].Cpu)) + (ActivationWeight * _news[silo].Activations / most);
    }

    /// <summary>What each silo knows of the others for the next second.</summary>
    private void Tell()
    {
        Array.Clear(_news);
        for (var hall = 0; hall < _session.Length; hall++)
        {
            if (_session[hall] >= 0) Add(_session[hall], _sessionCpu);
            foreach (var silo in _shards[hall].Where(silo => silo >= 0)) Add(silo, _shardCpu);
        }

        void Add(int silo, double cpu) => _news[silo] = (_news[silo].Cpu + cpu, _news[silo].Activations + 1);
    }
}

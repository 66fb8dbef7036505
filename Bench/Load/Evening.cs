using System.Diagnostics;
using System.Threading.Channels;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// The hall: in each round a share of the phones votes within the first seconds, some of them twice. Everyone sees every
/// stage and tally.
/// </summary>
internal sealed class Evening : IDisposable
{
    /// <summary>Nobody taps in the first instant.</summary>
    private const double ReactionSeconds = 0.3;

    private const double ChangeSeconds = 4;
    private readonly LoadPlan _plan;
    private readonly Crowd _crowd;
    private readonly Random _chance;

    /// <summary>Stages of the first phone; a handful a round, and nobody but the loop below reads them.</summary>
    private readonly Channel<StageSeen> _stages = Channel.CreateBounded<StageSeen>(1024);

    /// <summary>Listens to the first phone's stages.</summary>
    public Evening(LoadPlan plan, Crowd crowd)
    {
        (_plan, _crowd, _chance) = (plan, crowd, new Random(plan.Seed));
        crowd.StageCame = See;
    }

    /// <summary>Waits for a round of the show that has just opened; the lobby's light vote is none.</summary>
    public async Task<StageSeen> Opened(CancellationToken stop)
    {
        while (true)
        {
            var stage = await _stages.Reader.ReadAsync(stop);
            if (stage is { State: "Open", Round: >= 0 }) return stage;
        }
    }

    /// <summary>Waits for the verdict on a round.</summary>
    public async Task<StageSeen> Decided(int round, CancellationToken stop)
    {
        while (true)
        {
            var stage = await _stages.Reader.ReadAsync(stop);
            if (stage.State == "Decided" && stage.Round == round) return stage;
        }
    }

    /// <summary>Takes part in a round from its opening to its verdict.</summary>
    public async Task<LoadNews> Round(StageSeen opened, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp() - Ticks((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - opened.OpenedMs) / 1000.0);
        var until = began + Ticks((opened.DeadlineMs - opened.OpenedMs) / 1000.0);
        _crowd.Begin(opened.Round, began, until);
        _crowd.Schedule(Votes(opened, began));
        var (gauge, bytes) = (Stretch.Begin(_plan), _crowd.Bytes);
        await Task.Delay(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), until), stop);
        var (measured, now) = (gauge.End("round"), _crowd.Bytes);
        var decided = await Decided(opened.Round, stop);
        var news = _crowd.Report("round", opened.Options);
        return news with
        {
            CpuMs = measured.CpuMs,
            OtherCpuMs = measured.OtherCpuMs,
            LoadCpu = measured.LoadCpu,
            BytesIn = (now.In - bytes.In) / (double)_crowd.Size,
            BytesOut = (now.Out - bytes.Out) / (double)_crowd.Size,
            Decided = decided.Counts,
            DecidedVoters = decided.Voters,
            SealMs = decided.NowMs - decided.DeadlineMs - StageSeen.SealMs,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _crowd.StageCame = null;

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private void See(StageSeen stage) => _stages.Writer.TryWrite(stage);

    private List<Vote> Votes(StageSeen opened, long began)
    {
        var votes = new List<Vote>();
        for (var phone = 0; phone < _crowd.Size; phone++)
        {
            if (_chance.NextDouble() >= _plan.Votes) continue;
            var at = ReactionSeconds + ((_plan.VoteSeconds - ReactionSeconds) * _chance.NextDouble());
            votes.Add(new Vote(phone, opened.Round, _chance.Next(opened.Options), _crowd.NextNumber(phone), began + Ticks(at)));
            if (_chance.NextDouble() >= _plan.Changes) continue;
            at += 0.5 + ((ChangeSeconds - 0.5) * _chance.NextDouble());
            votes.Add(new Vote(phone, opened.Round, _chance.Next(opened.Options), _crowd.NextNumber(phone), began + Ticks(at)));
        }

        return votes;
    }
}

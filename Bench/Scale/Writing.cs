namespace Orleans.Story.Bench.Scale;

/// <summary>
/// A model writes the beats. No model was run: what a prompt, an answer and a GPU are is assumed, and is put in on the
/// command line.
/// </summary>
/// <param name="evening">How many of what.</param>
/// <param name="costs">Costs.</param>
internal sealed class Writing(Evening evening, Costs costs)
{
    /// <summary>Tokens of a prompt, of which a server with a prefix cache reads <see cref="Fresh"/> anew.</summary>
    public double Prompt { get; init; } = 4_000;

    /// <summary>Share of a prompt that is not the session's own prefix.</summary>
    public double Fresh { get; init; } = 0.5;

    /// <summary>Tokens of an answer.</summary>
    public double Answer { get; init; } = 600;

    /// <summary>Tokens a second that one GPU writes, all its requests together.</summary>
    public double WritesASecond { get; init; } = 2_500;

    /// <summary>Tokens a second that one GPU reads.</summary>
    public double ReadsASecond { get; init; } = 20_000;

    /// <summary>Beats told a second.</summary>
    public double Told => evening.Halls / Rhythm.Cycle;

    /// <summary>Beats written a second: one for each option.</summary>
    public double Written => Told * Traffic.Options;

    /// <summary>GPUs, at all they can give.</summary>
    public double Gpus(bool ahead) => (ahead ? Written : Told) * ((Answer / WritesASecond) + (Prompt * Fresh / ReadsASecond));

    /// <summary>Calls of the pool a second: each beat is placed and released; of those that wait each asks again every half second.</summary>
    /// <param name="waiting">Beats that wait for room.</param>
    public double PoolCalls(double waiting) => (2 * Written) + (2 * waiting);

    /// <summary>What the one pool grain answers at most.</summary>
    public double MostPoolCalls => 1e6 / (costs.PoolPlace + costs.WireCall);
}

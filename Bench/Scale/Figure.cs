namespace Orleans.Story.Bench.Scale;

/// <summary>How a number came to be known.</summary>
internal enum Origin
{
    /// <summary>Taken from a run that a document of this repository describes.</summary>
    Measured,

    /// <summary>Worked out from measured numbers, or from what a part is known to do; the source says how.</summary>
    Reckoned,

    /// <summary>An input that nobody has measured here: habits of an audience, a machine, a model.</summary>
    Assumed,
}

/// <summary>One number that the model stands on.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Origin">How it came to be known.</param>
/// <param name="Source">Where from, and how it was worked out: one sentence.</param>
internal sealed record Figure(double Value, string Unit, Origin Origin, string Source)
{
    /// <summary>A figure where a number is wanted.</summary>
    public static implicit operator double(Figure figure) => figure.Value;
}

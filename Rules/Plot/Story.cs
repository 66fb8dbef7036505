using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>The canon so far: what every later beat must respect.</summary>
/// <param name="Facts">Facts that are true.</param>
/// <param name="Promises">Promises opened and not yet paid.</param>
/// <param name="Told">Storylets told, in order.</param>
/// <param name="Heard">Lines spoken by each character.</param>
public sealed record Story(
    ImmutableSortedSet<string> Facts,
    ImmutableSortedSet<string> Promises,
    ImmutableArray<string> Told,
    ImmutableSortedDictionary<string, int> Heard)
{
    /// <summary>Before the first beat.</summary>
    public static Story Untold { get; } = new(
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal),
        [],
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>The canon once a beat has been told.</summary>
    public Story After(Beat beat)
    {
        var heard = Heard.ToBuilder();
        foreach (var line in beat.Lines)
        {
            if (line.Speaker is { } speaker) heard[speaker] = heard.GetValueOrDefault(speaker) + 1;
        }

        return new Story(
            Facts.Union(beat.Sets),
            Promises.Union(beat.Opens).Except(beat.Pays),
            beat.Storylet is { } storylet ? Told.Add(storylet) : Told,
            heard.ToImmutable());
    }

    /// <summary>The canon once an option has won.</summary>
    public Story After(Option option) => this with { Facts = Facts.Union(option.Sets) };
}

using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>How well a show was told so far, as its stream says.</summary>
/// <param name="DeadAirMs">Dead air of all beats whose telling is over, milliseconds.</param>
/// <param name="Fallbacks">Beats on air that a storylet told because the writer who was asked did not.</param>
/// <param name="InARow">How many of them came one after the other up to now.</param>
/// <param name="Withheld">Ordinal of the last beat that was replaced because nobody said yes to it; −1 for none.</param>
public sealed record TellingMeter(long DeadAirMs, int Fallbacks, int InARow, int Withheld = -1)
{
    /// <summary>Nothing was late and everything was written.</summary>
    public static TellingMeter Flawless { get; } = new(0, 0, 0);

    /// <summary>After an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="current">The beat that was on the wall when it happened.</param>
    public TellingMeter After(SessionEvent happened, Beat? current) => happened switch
    {
        WallLate late => this with { DeadAirMs = DeadAirMs + late.Ms },
        BeatWithheld withheld => this with { Withheld = withheld.Beat },
        // Beats of options that never win are nobody's fallbacks: a beat counts when it goes on air.
        LineAired { N: 0 } => current is { Fallback: not Fallback.None } ? this with { Fallbacks = Fallbacks + 1, InARow = InARow + 1 } : this with { InARow = 0 },
        _ => this,
    };
}

namespace Orleans.Story.Rules.Sessions;

/// <summary>How well a show was told so far, as its stream says.</summary>
/// <param name="DeadAirMs">Dead air of all beats whose telling is over, milliseconds.</param>
/// <param name="Fallbacks">Beats that nobody had written when the wall was free for them.</param>
/// <param name="InARow">How many of them came one after the other up to now.</param>
/// <param name="Last">Ordinal of the last of them; −1 for none.</param>
/// <param name="Withheld">Ordinal of the last beat that was replaced because nobody said yes to it; −1 for none.</param>
public sealed record TellingMeter(long DeadAirMs, int Fallbacks, int InARow, int Last, int Withheld = -1)
{
    /// <summary>Nothing was late and everything was written.</summary>
    public static TellingMeter Flawless { get; } = new(0, 0, 0, -1);

    /// <summary>After an event.</summary>
    public TellingMeter After(SessionEvent happened) => happened switch
    {
        WallLate late => this with { DeadAirMs = DeadAirMs + late.Ms },
        BeatWithheld withheld => this with { Withheld = withheld.Beat },
        // What a director wanted replaced was written in time.
        BeatPrepared { Fallback: true } told when told.Beat.Ordinal != Withheld => this with { Fallbacks = Fallbacks + 1, InARow = InARow + 1, Last = told.Beat.Ordinal },
        // A beat that goes on air and was written in time ends the row.
        LineAired { N: 0 } aired when aired.Beat != Last => this with { InARow = 0 },
        _ => this,
    };
}

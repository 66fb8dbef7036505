using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.House;

namespace Orleans.Story.Gateway.House;

/// <summary>A screening on the house view.</summary>
/// <param name="Session">How it does; how it did last where it does not answer.</param>
/// <param name="Answers">Whether it answers.</param>
/// <param name="Alarms">What is wrong with it, the gravest first.</param>
internal sealed record HouseTile(SessionGlance Session, bool Answers, ImmutableArray<Alarm> Alarms);

/// <summary>A hall: its screenings and what is wrong. No viewer, no staff and no code is in it.</summary>
/// <param name="NowMs">The hall's clock, UTC milliseconds.</param>
/// <param name="Alarms">What is wrong with the hall as a whole, the gravest first.</param>
/// <param name="Journal">How its journal does, or <see langword="null"/> where the gateway has none.</param>
/// <param name="Writers">Writers that are alive, or <see langword="null"/> where nobody could be asked.</param>
/// <param name="FreeBytes">Free space where the journal is, or <see langword="null"/>.</param>
/// <param name="Sessions">Its screenings that have not ended, those with the gravest alarms first.</param>
internal sealed record HouseHall(
    long NowMs, ImmutableArray<Alarm> Alarms, JournalState? Journal, int? Writers, long? FreeBytes, ImmutableArray<HouseTile> Sessions);

/// <summary>Why another hall is not shown as it is now.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HallTrouble>))]
internal enum HallTrouble
{
    /// <summary>It has not been asked yet.</summary>
    NotAsked,

    /// <summary>It answered.</summary>
    None,

    /// <summary>No answer came in time, or no connection.</summary>
    NoAnswer,

    /// <summary>It does not accept the token.</summary>
    Refused,

    /// <summary>What came is no answer of a hall.</summary>
    Unreadable,
}

/// <summary>Another hall as this one sees it.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Url">As configured.</param>
/// <param name="Trouble">Why it is not shown as it is now.</param>
/// <param name="SinceMs">Since when it has been so, this hall's clock, UTC milliseconds.</param>
/// <param name="Hall">Its last answer, or <see langword="null"/> if there never was one.</param>
internal sealed record OtherHall(string Name, string Url, HallTrouble Trouble, long SinceMs, HouseHall? Hall);

/// <summary>The house view.</summary>
/// <param name="Here">This hall.</param>
/// <param name="Others">The others, as configured.</param>
internal sealed record HouseNow(HouseHall Here, ImmutableArray<OtherHall> Others);

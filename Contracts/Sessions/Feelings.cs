using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>What a viewer can feel with one tap.</summary>
[GenerateSerializer, Alias("story.Feeling"), JsonConverter(typeof(JsonStringEnumConverter<Feeling>))]
public enum Feeling
{
    /// <summary>Delight.</summary>
    Joy,

    /// <summary>Tenderness, liking.</summary>
    Warmth,

    /// <summary>Not knowing, wanting to.</summary>
    Suspense,

    /// <summary>Fright.</summary>
    Fear,

    /// <summary>Grief.</summary>
    Sadness,

    /// <summary>Anger, disgust.</summary>
    Anger,

    /// <summary>Did not see it coming.</summary>
    Surprise,

    /// <summary>Nothing at all.</summary>
    Boredom,
}

/// <summary>One tap.</summary>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="Feeling">What.</param>
/// <param name="Intensity">How much: 1, 2 or 3.</param>
[GenerateSerializer, Immutable, Alias("story.FeelingTap")]
public sealed record FeelingTap(
    [property: Id(0)] int Seat,
    [property: Id(1)] Feeling Feeling,
    [property: Id(2)] int Intensity);

/// <summary>Taps of one window added up.</summary>
/// <param name="Contributors">How many different seats tapped.</param>
/// <param name="Sums">Summed intensity a feeling, in the order of <see cref="Feeling"/>; eight entries.</param>
[GenerateSerializer, Immutable, Alias("story.FeelingSums")]
public sealed record FeelingSums(
    [property: Id(0)] int Contributors,
    [property: Id(1)] ImmutableArray<int> Sums);

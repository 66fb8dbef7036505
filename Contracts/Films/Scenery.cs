using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Films;

/// <summary>How the wall sets the words of a place; the fonts are the wall's own.</summary>
[GenerateSerializer, Alias("story.Typeface"), JsonConverter(typeof(JsonStringEnumConverter<Typeface>))]
public enum Typeface
{
    /// <summary>A book.</summary>
    Serif,

    /// <summary>A sign.</summary>
    Sans,

    /// <summary>A typewriter.</summary>
    Mono,

    /// <summary>Handwriting; in Chinese a brush.</summary>
    Hand,

    /// <summary>A poster: heavy and narrow.</summary>
    Poster,
}

/// <summary>A layer of sound that the wall synthesises; it follows the tension.</summary>
[GenerateSerializer, Alias("story.Ambience"), JsonConverter(typeof(JsonStringEnumConverter<Ambience>))]
public enum Ambience
{
    /// <summary>Rain.</summary>
    Rain,

    /// <summary>Wind.</summary>
    Wind,

    /// <summary>Waves.</summary>
    Sea,

    /// <summary>Single drops.</summary>
    Drip,

    /// <summary>A fire or stove.</summary>
    Fire,

    /// <summary>A diesel.</summary>
    Engine,

    /// <summary>Mains hum.</summary>
    Hum,

    /// <summary>Radio noise.</summary>
    Static,

    /// <summary>A clock.</summary>
    Clock,

    /// <summary>A film projector.</summary>
    Projector,

    /// <summary>A train.</summary>
    Train,

    /// <summary>A road.</summary>
    Traffic,

    /// <summary>Murmuring people.</summary>
    Crowd,

    /// <summary>Crickets.</summary>
    Crickets,

    /// <summary>Birds.</summary>
    Birds,

    /// <summary>A bell, far off.</summary>
    Bell,

    /// <summary>One low tone.</summary>
    Drone,
}

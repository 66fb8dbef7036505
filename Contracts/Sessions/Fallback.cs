using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>Why a storylet tells a beat that another writer was asked for.</summary>
[GenerateSerializer, Alias("story.Fallback"), JsonConverter(typeof(JsonStringEnumConverter<Fallback>))]
public enum Fallback
{
    /// <summary>It is the writer's who was asked.</summary>
    None,

    /// <summary>No worker had room for it.</summary>
    NoRoom,

    /// <summary>It was not written in time.</summary>
    Late,

    /// <summary>The writer failed.</summary>
    Failed,

    /// <summary>What was written did not pass the checks.</summary>
    Refused,

    /// <summary>The show has spent its tokens.</summary>
    Spent,
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>In which shape a show leaves the house for whoever trains or measures a writer.</summary>
[GenerateSerializer, Alias("story.StoryForm"), JsonConverter(typeof(JsonStringEnumConverter<StoryForm>))]
public enum StoryForm
{
    /// <summary>A line a beat: plan, story so far, what was written, checks, votes, feelings.</summary>
    Beats,

    /// <summary>A line a beat as the conversation that a model would have had: what fine-tuning tools read.</summary>
    Chat,
}

/// <summary>A show as data. No viewer, seat, account, remark, code or address is in it; <c>docs/data-out.md</c> describes every member.</summary>
/// <param name="Film">The film; the version told at the end.</param>
/// <param name="StartedMs">When the show started, UTC milliseconds; for the file's name alone.</param>
/// <param name="Lines">JSON objects, one a beat that was written, in the order they were written.</param>
[GenerateSerializer, Immutable, Alias("story.StoryData")]
public sealed record StoryData([property: Id(0)] FilmCard Film, [property: Id(1)] long StartedMs, [property: Id(2)] ImmutableArray<string> Lines);

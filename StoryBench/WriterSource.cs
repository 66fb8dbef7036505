using Microsoft.Extensions.AI;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Plot;
using Orleans.Story.StoryBench.Answers;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench;

/// <summary>A writer to measure. Every show gets one of its own, so that what a server did to one show does not reach into the next.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Make">Makes it for a show with this clock.</param>
public sealed record WriterSource(string Name, Func<ShowTime, IBeatWriter> Make)
{
    /// <summary>The storylets: the baseline of every run.</summary>
    public static WriterSource Storylets { get; } = new(StoryletTelling.Writer, _ => new StoryletWriter());

    /// <summary>The storylets, told as slowly as a model would.</summary>
    /// <param name="seconds">What a beat takes, seconds.</param>
    /// <param name="slots">Beats at once.</param>
    public static WriterSource Paced(int seconds, int slots) => new(PacedWriter.NameOf(seconds), show => new PacedWriter(seconds, slots, show));

    /// <summary>A model behind a server, the way a hall has it.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="client">Speaks to it; shared by all shows.</param>
    /// <param name="book">Where its answers are kept, or <see langword="null"/>.</param>
    public static WriterSource Model(ModelEndpoint settings, IChatClient client, AnswerBook? book)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Model(settings, show => new RecordingChatClient(client, settings.Model, show, book, TimeProvider.System));
    }

    /// <summary>A model as it was recorded.</summary>
    /// <param name="settings">The server as it was; its address is not used.</param>
    /// <param name="book">The recorded answers.</param>
    public static WriterSource Recorded(ModelEndpoint settings, AnswerBook book)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Model(settings, show => new RecordedChatClient(book, settings.Model, show));
    }

    private static WriterSource Model(ModelEndpoint settings, Func<ShowTime, IChatClient> client) =>
        new(settings.Model, show => new ModelWriter(new Endpoints([new Endpoint(settings, client(show), show)]), show));
}

using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Rules.Films;
using Orleans.Story.StoryBench;
using Orleans.Story.StoryBench.Answers;
using Orleans.Story.StoryBench.Measuring;
using Orleans.Story.Tests.Inference.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Story;

/// <summary>A model over real HTTP, recorded and played: the same shows, to the last digit.</summary>
public sealed class RecordedRunTests : IAsyncLifetime
{
    private static readonly StoryTerms Terms = new(Shows: 3, Seed: 5, Minutes: 8);
    private ChatServer _server = null!;

    private ModelEndpoint Settings => new() { Name = "test", Url = _server.Url, Model = "parrot" };

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<string> Run(WriterSource writer)
    {
        var measures = await new StoryRun(Terms, [PaperFilm.Film]).Of(PaperFilm.Film, "en", [WriterSource.Storylets, writer], TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize(measures);
    }

    [Fact]
    public async Task What_was_recorded_plays_the_same_show_again_without_a_server()
    {
        var book = new AnswerBook();
        using var client = Endpoints.Connect(Settings, null);
        var live = await Run(WriterSource.Model(Settings, client, book));
        var asked = _server.Requests.Count;
        asked.ShouldBe(book.All.Count);
        var lines = book.Write().ToList();

        var played = AnswerBook.Read(lines);
        (await Run(WriterSource.Recorded(Settings, played))).ShouldBe(live);
        played.Missing.ShouldBe(0);
        (await Run(WriterSource.Recorded(Settings, AnswerBook.Read(lines)))).ShouldBe(live);
        _server.Requests.Count.ShouldBe(asked);

        var model = JsonSerializer.Deserialize<StoryMeasures[]>(live)![1];
        model.Writer.ShouldBe("parrot");
        model.Fallbacks.ShouldBe(0);
        // Three answers a beat (lines, choice, the choice for phones in the other language), 300 tokens each as the server counts them; the beats of other ways are not told.
        model.TokensOut.ShouldBe(900.0 * model.Written / model.Beats, 1e-9);
        model.Wasted.ShouldNotBeNull().ShouldBe(1 - ((double)model.Beats / model.Written), 1e-9);
    }

    [Fact]
    public async Task A_server_that_failed_fails_again_and_what_was_never_asked_is_counted()
    {
        var book = new AnswerBook();
        _server.Answer = (request, http) => request.Messages.Any(message => message.Words.StartsWith("Now write beat 3:", StringComparison.Ordinal)) ? ChatServer.RefuseAsync(http, 500) : ChatServer.SayAsync(http, Parrot.Answer(request));
        using var client = Endpoints.Connect(Settings, null);
        var live = await Run(WriterSource.Model(Settings, client, book));
        book.All.ShouldContain(answer => answer.Failure != null);
        var fallbacks = JsonSerializer.Deserialize<StoryMeasures[]>(live)![1].FallbackReasons;
        fallbacks.Keys.ShouldBe([nameof(Fallback.Failed)]);
        (await Run(WriterSource.Recorded(Settings, AnswerBook.Read(book.Write())))).ShouldBe(live);

        var empty = new AnswerBook();
        var nothing = await new StoryRun(Terms, [PaperFilm.Film]).Play(PaperFilm.Film, "en", WriterSource.Recorded(Settings, empty), TestContext.Current.CancellationToken);
        nothing.ShouldAllBe(show => show.Beats.All(beat => beat.Beat.Fallback == Fallback.Failed));
        empty.Missing.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Evenings_are_paired_and_a_film_is_scored_by_the_others_alone()
    {
        var run = new StoryRun(Terms, [PaperFilm.Film]);
        var one = await run.Play(PaperFilm.Film, "zh", WriterSource.Storylets, TestContext.Current.CancellationToken);
        var other = await run.Play(PaperFilm.Film, "zh", new WriterSource("paper", _ => new PaperWriter()), TestContext.Current.CancellationToken);
        other.Select(show => (show.Seed, show.House)).ShouldBe(one.Select(show => (show.Seed, show.House)));
        other.SelectMany(show => show.Beats).Select(beat => beat.Beat.Storylet).ShouldBe(one.SelectMany(show => show.Beats).Select(beat => beat.Beat.Storylet));
        (await run.Of(PaperFilm.Film, "zh", [WriterSource.Storylets], TestContext.Current.CancellationToken))[0].Tension.ShouldBeNull();
        Film another = PaperFilm.Film with { Ref = PaperFilm.Film.Ref with { Slug = "another" } };
        (await new StoryRun(Terms, [PaperFilm.Film, another]).Of(PaperFilm.Film, "zh", [WriterSource.Storylets], TestContext.Current.CancellationToken))[0].Tension.ShouldNotBeNull();
    }
}

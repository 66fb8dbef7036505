using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A film that comes in from a page is there whole or not at all.</summary>
public sealed class FilmIntakeTests : IDisposable
{
    private const string Slug = "the-letter";

    private static readonly ImmutableArray<FilmSource> Film = [new($"{Slug}/film.yaml", "title: A"), new($"{Slug}/scenes/one.yaml", "b"), new($"{Slug}/scenes/two.yaml", "c")];

    private readonly string _root = Directory.CreateTempSubdirectory("story-films-").FullName;

    private string Place => Path.Combine(_root, Slug);

    private string Waiting => Path.Combine(_root, FilmFolder.Incoming);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task All_its_files_are_there_and_nothing_else()
    {
        (await new FilmIntake(_root, TimeProvider.System).Put(Slug, Film, CancellationToken.None)).ShouldBeNull();
        foreach (var source in Film) (await File.ReadAllTextAsync(Path.Combine(_root, source.Path))).ShouldBe(source.Content);
        NothingWaits();
    }

    [Fact]
    public async Task Who_leaves_in_the_middle_leaves_nothing_and_may_come_again()
    {
        using var stop = new CancellationTokenSource();
        var intake = Writing(async (written, path, content, token) =>
        {
            await File.WriteAllTextAsync(path, content, CancellationToken.None);
            if (written == 1) await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        });
        await Should.ThrowAsync<OperationCanceledException>(intake.Put(Slug, Film, stop.Token));
        Directory.Exists(Place).ShouldBeFalse();
        NothingWaits();
        (await new FilmIntake(_root, TimeProvider.System).Put(Slug, Film, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_disk_that_fills_in_the_middle_is_a_refusal_and_leaves_nothing()
    {
        var intake = Writing((written, path, content, token) =>
            written == 1 ? throw new IOException("No space left on device") : File.WriteAllTextAsync(path, content, token));
        (await intake.Put(Slug, Film, CancellationToken.None))!.Code.ShouldBe("cannot-write");
        Directory.Exists(Place).ShouldBeFalse();
        NothingWaits();
    }

    [Fact]
    public async Task While_it_comes_it_is_no_film_and_no_change()
    {
        var before = FilmFiles.Look(_root);
        var intake = Writing(async (_, path, content, token) =>
        {
            await File.WriteAllTextAsync(path, content, token);
            Directory.Exists(Place).ShouldBeFalse();
            FilmFiles.Look(_root).ShouldBe(before);
        });
        (await intake.Put(Slug, Film, CancellationToken.None)).ShouldBeNull();
        FilmFiles.Look(_root).ShouldNotBe(before);
    }

    [Fact]
    public async Task Of_two_that_come_at_once_under_one_name_one_is_there_whole_and_the_other_is_told()
    {
        var (both, came) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        async Task Together(int written, string path, string content, CancellationToken token)
        {
            await File.WriteAllTextAsync(path, content, token);
            if (written == 2 && Interlocked.Increment(ref came) == 2) both.SetResult();
            if (written == 2) await both.Task.WaitAsync(Hall.Patience, token);
        }

        var other = Film.Select(source => source with { Content = "other " + source.Content }).ToImmutableArray();
        var answers = await Task.WhenAll(Writing(Together).Put(Slug, Film, CancellationToken.None), Writing(Together).Put(Slug, other, CancellationToken.None));
        answers.Count(answer => answer is null).ShouldBe(1);
        answers.Single(answer => answer is not null)!.Code.ShouldBe("film-exists");
        foreach (var source in answers[0] is null ? Film : other) (await File.ReadAllTextAsync(Path.Combine(_root, source.Path))).ShouldBe(source.Content);
        NothingWaits();
    }

    [Fact]
    public async Task What_is_there_is_never_written_over_whatever_it_is()
    {
        Directory.CreateDirectory(Place);
        (await new FilmIntake(_root, TimeProvider.System).Put(Slug, Film, CancellationToken.None))!.Code.ShouldBe("film-exists");
        Directory.EnumerateFileSystemEntries(Place).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_process_left_that_died_is_swept_up_and_what_another_writes_is_spared()
    {
        var (old, young) = (Path.Combine(Waiting, "old"), Path.Combine(Waiting, "young"));
        foreach (var folder in (string[])[old, young])
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "film.yaml"), "half");
        }

        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        (await new FilmIntake(_root, TimeProvider.System).Put(Slug, Film, CancellationToken.None)).ShouldBeNull();
        Directory.GetDirectories(Waiting).ShouldBe([young]);
    }

    private FilmIntake Writing(Func<int, string, string, CancellationToken, Task> write)
    {
        var written = 0;
        return new FilmIntake(_root, TimeProvider.System) { Write = (path, content, token) => write(written++, path, content, token) };
    }

    private void NothingWaits() => (Directory.Exists(Waiting) ? Directory.GetFileSystemEntries(Waiting) : []).ShouldBeEmpty();
}

using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Inference.Drafting;
using Orleans.Story.Inference.Models;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Films;

/// <summary>Takes a finished draft among the films of the house.</summary>
internal interface IFilmHouse
{
    /// <summary>Writes the film's files into the folder of films and puts it on the programme. A film that is there is never written over.</summary>
    Task<Refusal?> Add(string slug, ImmutableArray<FilmSource> sources, CancellationToken stop);
}

/// <summary>
/// The drafts of the house, for the director's page: one folder each under <c>drafts</c> in the data folder, so that a reload loses
/// nothing. One change at a time; whoever waits longer than <see cref="Patience"/> is told to try again.
/// </summary>
internal sealed class DraftDesk(GatewayOptions options, IServiceProvider services) : IDisposable
{
    /// <summary>Drafts kept; the next one is refused until one is thrown away.</summary>
    public const int Most = 100;

    /// <summary>Longest wait for another's change: a model takes two minutes for a part.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);

    private string Root => Path.Combine(options.Data, "drafts");

    /// <summary>Slugs of the drafts, sorted.</summary>
    public ImmutableArray<string> All => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, DraftFolder.File))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A new draft, wholly proposed by the grammar; parts are asked of a model one by one.</summary>
    public Task<(Draft? Draft, Refusal? Refusal)> Begin(Premise premise, CancellationToken stop) => InTurn(async () =>
    {
        if (All.Length >= Most) return (null, new Refusal("too-many-drafts", Both($"There are {Most} drafts. Throw one away first.", $"已有 {Most} 份草稿，请先删掉一份。")));
        var slug = Beginning.SlugOf(premise.Title);
        for (var n = 2; Directory.Exists(Path.Combine(Root, slug)); n++) slug = $"{Beginning.SlugOf(premise.Title)[..Math.Min(34, Beginning.SlugOf(premise.Title).Length)].TrimEnd('-')}-{n}";
        var draft = Scaffolding.Fill(Beginning.Of(premise, slug));
        await DraftFolder.Keep(Path.Combine(Root, slug), draft, stop);
        return (draft, null);
    }, stop);

    /// <summary>The draft.</summary>
    public async Task<(Draft? Draft, Refusal? Refusal)> Find(string slug, CancellationToken stop) =>
        All.Contains(slug) ? await DraftFolder.Load(Path.Combine(Root, slug), stop) : (null, NoDraft);

    /// <summary>Changes a draft and keeps it; a refused change keeps nothing.</summary>
    public Task<(Draft? Draft, Refusal? Refusal)> Change(string slug, Func<Draft, Task<DraftStep>> change, CancellationToken stop) => InTurn(async () =>
    {
        var (draft, refusal) = await Find(slug, stop);
        if (draft is null) return (null, refusal);
        var step = await change(draft);
        if (step.Refusal is not null) return (null, step.Refusal);
        var next = Scaffolding.Refresh(step.Draft);
        await DraftFolder.Keep(Path.Combine(Root, slug), next, stop);
        return (next, null);
    }, stop);

    /// <summary>Another wording for a part: a model's where the house has one, else the grammar's.</summary>
    public async Task<DraftStep> Another(Draft draft, string id, CancellationToken stop)
    {
        if (draft.Find(id) is null) return DraftFold.Accept(draft, id);
        var endpoint = services.GetService<Endpoints>()?.All.FirstOrDefault();
        IDraftWriter writer = endpoint is null ? new ScaffoldWriter() : new ModelDraftWriter(endpoint);
        return DraftFold.Propose(draft, id, await writer.ProposeAsync(draft, id, stop));
    }

    /// <summary>Throws a draft away.</summary>
    public async Task<Refusal?> Remove(string slug, CancellationToken stop) => (await InTurn(() =>
    {
        if (!All.Contains(slug)) return Task.FromResult<(Draft?, Refusal?)>((null, NoDraft));
        Directory.Delete(Path.Combine(Root, slug), recursive: true);
        return Task.FromResult<(Draft?, Refusal?)>((null, null));
    }, stop)).Refusal;

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private static Refusal NoDraft { get; } = new("no-draft", Both("There is no such draft.", "没有这份草稿。"));

    private async Task<(Draft? Draft, Refusal? Refusal)> InTurn(Func<Task<(Draft?, Refusal?)>> change, CancellationToken stop)
    {
        if (!await turn.WaitAsync(Patience, stop)) return (null, Refusals.Busy);
        try
        {
            return await change();
        }
        finally
        {
            turn.Release();
        }
    }
}

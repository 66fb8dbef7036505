using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Inference.Drafting;
using Orleans.Story.Inference.Models;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;
using Endpoint = Orleans.Story.Inference.Models.Endpoint;

namespace Orleans.Story.Gateway.Films;

/// <summary>Takes a finished draft among the films of the house.</summary>
internal interface IFilmHouse
{
    /// <summary>Whether there is a film, or anything else, under the name.</summary>
    bool Has(string slug);

    /// <summary>Whether the film under the name is in files just these.</summary>
    bool Has(string slug, ImmutableArray<FilmSource> sources);

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

    /// <summary>Parts that models write at once; whoever asks for one more is told to try again.</summary>
    private const int MostWriting = 2;

    /// <summary>Longest wait for another's change.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim writing = new(MostWriting, MostWriting);

    /// <summary>Rows of the list by slug, as they were when the file was written; as many as there are drafts.</summary>
    private readonly ConcurrentDictionary<string, DraftRow> rows = new(StringComparer.Ordinal);

    private string Root => Path.Combine(options.Data, "drafts");

    /// <summary>Slugs of the drafts, sorted.</summary>
    public ImmutableArray<string> All => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, DraftFolder.File))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The model that is asked for other wordings, or <see langword="null"/> where the scaffold is.</summary>
    public string? Model => Endpoint?.Settings.Model;

    /// <summary>Where films are put; a gateway of a cluster has one too. <see langword="null"/> where none was composed.</summary>
    public IFilmHouse? House => services.GetService<IFilmHouse>();

    private Endpoint? Endpoint => services.GetService<Endpoints>()?.All.FirstOrDefault();

    /// <summary>The drafts, the last changed one first. One that cannot be read has no title.</summary>
    public async Task<ImmutableArray<DraftRow>> List(CancellationToken stop)
    {
        var all = All;
        foreach (var gone in rows.Keys.Except(all)) rows.TryRemove(gone, out _);
        var list = new List<DraftRow>();
        foreach (var slug in all)
        {
            var changed = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(Root, slug, DraftFolder.File))).ToUnixTimeMilliseconds();
            if (!rows.TryGetValue(slug, out var row) || row.ChangedMs != changed) rows[slug] = row = await Row(slug, changed, stop);
            list.Add(row);
        }

        return [.. list.OrderByDescending(row => row.ChangedMs).ThenBy(row => row.Slug, StringComparer.Ordinal)];
    }

    private async Task<DraftRow> Row(string slug, long changed, CancellationToken stop) => await DraftFolder.Load(Path.Combine(Root, slug), stop) is ({ } draft, _)
        ? new DraftRow(slug, Text.Of(draft.Premise.Spoken, draft.Premise.Title), draft.Genre, draft.Premise.Languages, draft.Parts.Length, draft.Parts.Count(part => part.State == PartState.Accepted), changed)
        : new DraftRow(slug, null, "", [], 0, 0, changed);

    /// <summary>A new draft, wholly proposed by the grammar; parts are asked of a model one by one.</summary>
    public Task<(Draft? Draft, Refusal? Refusal)> Begin(Premise premise, CancellationToken stop) => InTurn(async () =>
    {
        if (All.Length >= Most) return (null, new Refusal("too-many-drafts", Both($"There are {Most} drafts. Throw one away first.", $"已有 {Most} 份草稿，请先删掉一份。")));
        var slug = Beginning.SlugOf(premise.Title);
        for (var n = 2; Directory.Exists(Path.Combine(Root, slug)) || House?.Has(slug) == true; n++) slug = $"{Beginning.SlugOf(premise.Title)[..Math.Min(34, Beginning.SlugOf(premise.Title).Length)].TrimEnd('-')}-{n}";
        var draft = Scaffolding.Fill(Beginning.Of(premise, slug));
        await DraftFolder.Keep(Path.Combine(Root, slug), draft, stop);
        return (draft, null);
    }, stop);

    /// <summary>The draft.</summary>
    public async Task<(Draft? Draft, Refusal? Refusal)> Find(string slug, CancellationToken stop) =>
        All.Contains(slug) ? await DraftFolder.Load(Path.Combine(Root, slug), stop) : (null, NoDraft);

    /// <summary>Changes a draft and keeps it; a refused change keeps nothing.</summary>
    public Task<(Draft? Draft, Refusal? Refusal)> Change(string slug, Func<Draft, DraftStep> change, CancellationToken stop) => InTurn(async () =>
    {
        var (draft, refusal) = await Find(slug, stop);
        if (draft is null) return (null, refusal);
        var step = change(draft);
        if (step.Refusal is not null) return (null, step.Refusal);
        var next = Scaffolding.Refresh(step.Draft);
        await DraftFolder.Keep(Path.Combine(Root, slug), next, stop);
        return (next, null);
    }, stop);

    /// <summary>
    /// Another wording for a part: a model's where the house has one, else the grammar's. A model writes outside the turn, so that nobody
    /// waits for it; its wording joins whatever the draft has become.
    /// </summary>
    /// <param name="slug">The draft.</param>
    /// <param name="id">The part.</param>
    /// <param name="refuse">Why not, of the draft as it is when it is asked for.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<(Draft? Draft, Refusal? Refusal)> Another(string slug, string id, Func<Draft, Refusal?> refuse, CancellationToken stop)
    {
        var (draft, refusal) = await Find(slug, stop);
        if (draft is null) return (null, refusal);
        if (draft.Find(id) is null) return (null, DraftFold.Accept(draft, id).Refusal);
        if (refuse(draft) is { } refused) return (null, refused);
        if (!await writing.WaitAsync(TimeSpan.Zero, stop)) return (null, Refusals.Busy);
        Proposal proposal;
        try
        {
            IDraftWriter writer = Endpoint is { } endpoint ? new ModelDraftWriter(endpoint) : new ScaffoldWriter();
            proposal = await writer.ProposeAsync(draft, id, stop);
        }
        finally
        {
            writing.Release();
        }

        return await Change(slug, now => DraftFold.Propose(now, id, proposal) switch
        {
            // A model that fails leaves the scaffold's words; where they are there already, what is to be said is that it failed.
            { Refusal.Code: "no-other" } when proposal.Note is { } note => new DraftStep(now, new Refusal("no-other", Text.Both(
                $"{note.In("en")} It has no other wording. Try again later, or write your own.", $"{note.In("zh")}脚手架也没有别的写法了。请稍后再试，或自己改写。"))),
            var step => step,
        }, stop);
    }

    /// <summary>Throws a draft away.</summary>
    public async Task<Refusal?> Remove(string slug, CancellationToken stop) => (await InTurn(() =>
    {
        if (!All.Contains(slug)) return Task.FromResult<(Draft?, Refusal?)>((null, NoDraft));
        Directory.Delete(Path.Combine(Root, slug), recursive: true);
        return Task.FromResult<(Draft?, Refusal?)>((null, null));
    }, stop)).Refusal;

    /// <inheritdoc/>
    public void Dispose()
    {
        turn.Dispose();
        writing.Dispose();
    }

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

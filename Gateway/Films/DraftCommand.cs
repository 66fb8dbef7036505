using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Inference.Drafting;
using Orleans.Story.Inference.Models;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Films;

/// <summary>What <c>draft new</c> was asked for.</summary>
internal sealed record DraftWish
{
    /// <summary>The title, or <see langword="null"/> for that of what is brought along.</summary>
    public string? Title { get; init; }

    /// <summary>The genre in the person's words.</summary>
    public string? Genre { get; init; }

    /// <summary>The premise.</summary>
    public string? Premise { get; init; }

    /// <summary>A treatment or screenplay to bring along.</summary>
    public string? From { get; init; }

    /// <summary>The folder to write; its name is the film's slug.</summary>
    public string? Out { get; init; }

    /// <summary>Languages, separated by commas.</summary>
    public string? Languages { get; init; }

    /// <summary>The seed.</summary>
    public long Seed { get; init; }

    /// <summary>Whether all is accepted without asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether a folder that is there may be written over.</summary>
    public bool Force { get; init; }

    /// <summary>A model server, or <see langword="null"/> for the grammar.</summary>
    public string? Model { get; init; }

    /// <summary>The model's name there.</summary>
    public string? ModelName { get; init; }
}

/// <summary>Drafts films for their writers: from a premise, a treatment or a screenplay to a folder that can be told.</summary>
internal static class DraftCommand
{
    /// <summary>Most bytes of a file that is brought along.</summary>
    private const int MostBytes = 4 << 20;

    /// <summary>Drafts; answers the exit code.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="language">Of what is printed.</param>
    /// <param name="from">Where a person answers, or <see langword="null"/> when nobody is there: then all is proposed and nothing accepted.</param>
    /// <param name="to">Where it is shown.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<int> New(DraftWish wish, string language, TextReader? from, TextWriter to, CancellationToken stop)
    {
        var words = new Words(language);
        var (premise, refusal) = await PremiseOf(wish, stop);
        if (premise is null) return await Refuse(refusal!, words, to);
        var folder = Path.TrimEndingDirectorySeparator(wish.Out ?? Path.Combine("drafts", Beginning.SlugOf(premise.Title)));
        var slug = Path.GetFileName(Path.GetFullPath(folder));
        if (Beginning.SlugOf(slug) != slug)
            return await Refuse(new Refusal("bad-folder", Both($"The folder's name is the film's id. Use a-z, 0-9 and single hyphens, for instance --out drafts/{Beginning.SlugOf(slug)}.", $"文件夹名就是影片的 id，请只用 a-z、0-9 和单个连字符，例如 --out drafts/{Beginning.SlugOf(slug)}。")), words, to);
        if (!wish.Force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return await Refuse(new Refusal("folder-exists", Both($"{folder} is there already, and nothing is written over. Choose another --out, or add --force.", $"{folder} 已经存在，不会覆盖。请换一个 --out，或加上 --force。")), words, to);
        var draft = Beginning.Of(premise, slug);
        foreach (var note in draft.Notes) await to.WriteLineAsync(note.In(language));
        using var writer = Writer(wish);
        var talk = new DraftTalk(writer.Of, from ?? TextReader.Null, to, words);
        try
        {
            draft = wish.Yes || from is null ? await talk.Fill(draft, stop) : await talk.Review(draft, kept => DraftFolder.Keep(folder, kept, stop), stop);
            // Whoever leaves early still gets a film: what is left is proposed, and waits.
            if (!draft.IsWhole) draft = await talk.Fill(draft, stop);
            if (wish.Yes) draft = DraftFold.AcceptAll(draft);
            await DraftFolder.Save(folder, draft, stop);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return await Refuse(new Refusal("cannot-write", Both($"{folder} cannot be written ({failed.Message.TrimEnd('.')}).", $"{folder} 无法写入（系统原文：{failed.Message.TrimEnd('.')}）。")), words, to);
        }

        return await Done(folder, draft, words, to);
    }

    /// <summary>Goes on with the parts that nobody has agreed to.</summary>
    public static async Task<int> Review(string folder, DraftWish wish, string language, TextReader? from, TextWriter to, CancellationToken stop)
    {
        var words = new Words(language);
        folder = FilmCheck.Find(folder);
        var (draft, refusal) = await DraftFolder.Load(folder, stop);
        if (draft is null) return await Refuse(refusal!, words, to);
        if (!wish.Force && await DraftFolder.IsChanged(folder, draft, stop))
            return await Refuse(new Refusal("files-changed", Both($"The files in {folder} were changed since they were drafted. Go on in the files, or add --force to write the draft over them.", $"{folder} 里的文件在起草之后改动过。请直接改文件，或加上 --force 用草稿覆盖。")), words, to);
        using var writer = Writer(wish);
        var talk = new DraftTalk(writer.Of, from ?? TextReader.Null, to, words);
        if (wish.Yes) draft = DraftFold.AcceptAll(await talk.Fill(draft, stop));
        else if (from is not null) draft = await talk.Review(draft, kept => DraftFolder.Keep(folder, kept, stop), stop);
        await DraftFolder.Save(folder, draft, stop);
        return await Done(folder, draft, words, to);
    }

    /// <summary>Tells a draft, or any film, to 200 audiences and prints what its writer should do; answers 0 when nothing must be done.</summary>
    public static async Task<int> Advise(string folder, string language, TextWriter to, CancellationToken stop)
    {
        var words = new Words(language);
        folder = FilmCheck.Find(folder);
        var (draft, _) = await DraftFolder.Load(folder, stop);
        var report = draft is not null && !await DraftFolder.IsChanged(folder, draft, stop)
            ? Advising.Of(draft)
            : Advising.Of(await FilmFolder.LoadAsync(folder, stop));
        await new DraftAdvice(to, words).Print(report);
        return report.IsReady ? 0 : 1;
    }

    private static async Task<int> Done(string folder, Draft draft, Words words, TextWriter to)
    {
        var agreed = draft.Parts.Count(part => part.State == PartState.Accepted);
        var report = Advising.Of(draft);
        await new DraftAdvice(to, words).Print(report);
        await to.WriteLineAsync(words.Say(
            $"\n{folder}: {agreed} of {draft.Parts.Length} parts accepted. Go on with: draft review {folder}, draft advise {folder}, check {folder}, rehearse {folder}.",
            $"\n{folder}：{draft.Parts.Length} 个部分，已接受 {agreed} 个。接下来可以：draft review {folder}、draft advise {folder}、check {folder}、rehearse {folder}。"));
        return report.IsReady ? 0 : 1;
    }

    private static async Task<(Premise? Premise, Refusal? Refusal)> PremiseOf(DraftWish wish, CancellationToken stop)
    {
        Treatment? source = null;
        if (wish.From is { } path)
        {
            var place = File.Exists(path) || Path.IsPathRooted(path) || !File.Exists(Path.Combine("..", path)) ? path : Path.Combine("..", path);
            if (!File.Exists(place)) return (null, new Refusal("no-file", Both($"There is no file {path}.", $"没有文件 {path}。")));
            if (new FileInfo(place).Length > MostBytes) return (null, new Refusal("file-too-long", Both($"{path} is larger than {MostBytes >> 20} MiB.", $"{path} 超过 {MostBytes >> 20} MiB。")));
            source = Treatments.Read(await File.ReadAllTextAsync(place, stop), path);
        }

        var languages = (wish.Languages ?? "").Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        return Premise.Of(wish.Title, wish.Genre, wish.Premise, languages, wish.Seed, source);
    }

    private static Pen Writer(DraftWish wish)
    {
        if (wish.Model is not { } url) return new Pen(new ScaffoldWriter(), null);
        var settings = new ModelEndpoint { Name = "draft", Url = new Uri(url), Model = wish.ModelName ?? "default" };
        var endpoint = new Orleans.Story.Inference.Models.Endpoint(settings, Endpoints.Connect(settings, key: null), TimeProvider.System);
        return new Pen(new ModelDraftWriter(endpoint), endpoint);
    }

    private static async Task<int> Refuse(Refusal refusal, Words words, TextWriter to)
    {
        await to.WriteLineAsync(refusal.Sentence.In(words.Language));
        return 1;
    }

    private sealed record Pen(IDraftWriter Of, IDisposable? Held) : IDisposable
    {
        public void Dispose() => Held?.Dispose();
    }
}

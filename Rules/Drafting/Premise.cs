using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// What a draft begins with. Every word in it is somebody's data: cleaned of what cannot be seen, capped, and never an
/// instruction to a writer.
/// </summary>
/// <param name="Title">The film's title.</param>
/// <param name="Genre">In the person's own words; the nearest genre of the grammar is used.</param>
/// <param name="Words">About three sentences.</param>
/// <param name="Languages">The film's languages, the original first: <c>en</c>, <c>zh</c> or both.</param>
/// <param name="Seed">Where all chance of the draft comes from.</param>
public sealed record Premise(string Title, string Genre, string Words, ImmutableArray<string> Languages, long Seed)
{
    /// <summary>Longest premise, characters: three long sentences.</summary>
    public const int Longest = 1_200;

    /// <summary>The languages that a draft can be written in.</summary>
    public static ImmutableArray<string> Known { get; } = ["en", "zh"];

    /// <summary>A treatment or screenplay that was brought along, or <see langword="null"/>.</summary>
    public Treatment? Source { get; init; }

    /// <summary>The language in which <see cref="Words"/> and <see cref="Title"/> are written.</summary>
    public string Spoken => LanguageOf(Words.Length > 0 ? Words : Title);

    /// <summary>The sentences of the premise, in order.</summary>
    public ImmutableArray<string> Sentences => Prose.Sentences(Words);

    /// <summary>
    /// A premise that was cleaned and capped, or a refusal with a sentence a person can act on. Without languages it is told in its own.
    /// A source is told in its own language only: nothing here translates.
    /// </summary>
    public static (Premise? Premise, Refusal? Refusal) Of(string? title, string? genre, string? words, ImmutableArray<string> languages, long seed, Treatment? source = null)
    {
        var (named, said) = (Prose.Clean(title ?? source?.Title ?? ""), Prose.Clean(words ?? ""));
        if (named.Length == 0) return Refuse("no-title", Both("Give the film a title.", "请给影片起个片名。"));
        if (said.Length == 0 && source is null) return Refuse("no-premise", Both("Say in about three sentences what the film is about.", "请用三句话左右说说影片讲什么。"));
        if (said.Length > Longest) return Refuse("premise-too-long", Both($"The premise has {said.Length} characters; {Longest} are read. Bring a longer one as a treatment.", $"前提有 {said.Length} 个字符，最多读 {Longest} 个。更长的请作为故事大纲导入。"));
        if (source is { Beats.IsEmpty: true }) return Refuse("empty-source", Both("There is no scene and no paragraph in what was brought along.", "导入的文字里没有场景，也没有段落。"));
        foreach (var language in languages.Where(language => !Known.Contains(language)))
            return Refuse("unknown-language", Both($"A draft can be written in en and zh, not in '{language}'.", $"草稿可以用 en 和 zh 写，不能用“{language}”。"));
        if (source is not null)
        {
            var own = LanguageOf(string.Concat(source.Beats.SelectMany(beat => beat.Lines).Select(line => line.Words)));
            if (languages.Any(language => language != own))
                return Refuse("no-translation", Both($"What was brought along is in {own}, and nothing here translates it. Draft it in {own}, and write the other language into the film.", $"导入的文字是 {own}，这里不做翻译。请先用 {own} 起草，再把另一种语言写进影片。"));
            languages = [own];
            if (said.Length == 0) said = Prose.Cut(string.Join(own == "zh" ? "" : " ", source.Beats[0].Lines.Select(line => line.Words)), FilmLimits.Logline.In(own));
        }

        if (languages.IsDefaultOrEmpty) languages = [LanguageOf(said)];
        var short_ = Prose.Cut(named, languages.Min(language => FilmLimits.Title.In(language)));
        return (new Premise(short_, Prose.Cut(Prose.Clean(genre ?? ""), 60), said, [.. languages.Distinct(StringComparer.Ordinal)], seed) { Source = source }, null);
    }

    /// <summary><c>zh</c> where a fifth of the letters or more are Chinese characters, else <c>en</c>.</summary>
    public static string LanguageOf(string words)
    {
        var (letters, ideographs) = (0, 0);
        foreach (var letter in words)
        {
            if (char.IsLetter(letter)) letters++;
            if (letter is >= '\u4E00' and <= '\u9FFF') ideographs++;
        }

        return ideographs * 5 >= letters && ideographs > 0 ? "zh" : "en";
    }

    private static (Premise?, Refusal?) Refuse(string code, Text sentence) => (null, new Refusal(code, sentence));
}

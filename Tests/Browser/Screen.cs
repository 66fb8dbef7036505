using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser;

/// <summary>One page on one device. It keeps a list of everything that went wrong on it.</summary>
internal sealed partial class Screen
{
    /// <summary>Until anything a person asked for has happened, on a machine busy with other things.</summary>
    public const int PatienceMs = 30_000;

    /// <summary>Until the story has got so far by itself.</summary>
    public const int StoryMs = 120_000;

    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly ConcurrentDictionary<string, bool> _expected = new(StringComparer.Ordinal);
    private volatile bool _alone;

    public Screen(string name, IPage page)
    {
        (Name, Page) = (name, page);
        page.PageError += (_, error) => _troubles.Enqueue($"{name}: {error}");
        page.Crash += (_, _) => _troubles.Enqueue($"{name}: the page crashed");
        page.RequestFailed += (_, request) => Line($"{name}: {request.Method} {request.Url}: {request.Failure}");
        page.Console += (_, message) =>
        {
            // The browser's own line about a status repeats what the response said.
            if (message.Type != "error" || message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal)) return;
            Line($"{name}: {message.Text}");
        };
        page.Response += (_, response) =>
        {
            var answer = $"{response.Status} {new Uri(response.Url).AbsolutePath}";
            if (response.Status >= 400 && !_expected.ContainsKey(answer)) _troubles.Enqueue($"{name}: {answer}");
        };
        page.WebSocket += (_, socket) => socket.SocketError += (_, error) => Line($"{name}: {socket.Url.Split('?')[0]}: {error}");
    }

    public string Name { get; }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Troubles => _troubles;

    /// <summary>A refusal that belongs to the story, such as <c>404 /api/join</c> for a wrong code.</summary>
    public void Expects(string answer) => _expected[answer] = true;

    /// <summary>The server is about to die: until it is back, what a page says about its line is no trouble.</summary>
    public void LosesItsServer() => _alone = true;

    public void HasItsServer() => _alone = false;

    public ILocator At(string testId, string inside = "") => Page.Locator($"[data-testid='{testId}']{inside}");

    /// <summary>
    /// Waits in the page itself, frame by frame, so that a state that stands for two seconds is not slept through.
    /// </summary>
    public Task Sees(string selector, int patienceMs = PatienceMs) => Page.Locator(selector).First.WaitForAsync(new() { Timeout = patienceMs });

    /// <summary>As <see cref="Sees"/>, and holds on to it: it can be read even after the page has moved on.</summary>
    public async Task<IElementHandle> Catches(string selector) =>
        (await Page.WaitForSelectorAsync(selector, new() { Timeout = StoryMs, State = WaitForSelectorState.Attached }))!;

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>Everything readable on the page is in this language, names of languages and codes apart.</summary>
    public async Task Speaks(string language)
    {
        var words = (await Page.EvaluateAsync<string>(Words)).Replace("English", "", StringComparison.Ordinal).Replace("中文", "", StringComparison.Ordinal);
        words.ShouldNotBeNullOrWhiteSpace();
        var foreign = (language == "zh" ? LatinWord() : ChineseWord()).Matches(words).Select(match => match.Value);
        foreign.ShouldBeEmpty($"{Name} should speak {language} alone, and says: {words}");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language == "zh" ? "zh-Hans" : "en");
    }

    /// <summary>What axe, the auditor that the front end's own pictures go by, finds wrong for people who cannot see or point.</summary>
    public async Task<IReadOnlyList<string>> Faults()
    {
        // Half-faded words would be measured as pale ones.
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Axe()));
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.any[0]?.message ?? ''}`))
            """);
    }

    /// <summary>Keeps a picture where <c>STORY_SCREENSHOTS</c> names a folder for them.</summary>
    public async Task Picture(string moment)
    {
        if (Environment.GetEnvironmentVariable("STORY_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Name}-{moment}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    private void Line(string trouble)
    {
        if (!_alone) _troubles.Enqueue(trouble);
    }

    /// <summary>It lies among the packages that the pages were built with.</summary>
    private static string Axe()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.Story.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? "", "Gateway", "Web", "node_modules", "axe-core", "axe.min.js");
    }

    /// <summary>What can be read, without what the page itself says no translator should touch.</summary>
    private const string Words =
        "[...document.querySelectorAll('[translate=no]')].reduce((words, code) => words.replace(code.innerText, ''), document.body.innerText)";

    // An option's letter (A–D) is a mark, not a word.
    [GeneratedRegex("[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+", RegexOptions.None, 1000)]
    private static partial Regex ChineseWord();
}

using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser;

/// <summary>The system's Chromium; nothing is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // The hall is this machine, whatever proxy the surroundings name.
        "--no-proxy-server",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<Screen> _screens = [];

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Everything that was opened, in order.</summary>
    public IReadOnlyList<Screen> Screens => _screens;

    public static async Task<Chromium> Start()
    {
        var path = Find();
        if (path is null) Assert.Skip($"No browser: install Chromium (one of {string.Join(", ", Names)} on PATH), or let STORY_CHROMIUM name its executable.");
        // The five seconds that assertions have by themselves are for an idle machine.
        Assertions.SetDefaultExpectTimeout(Screen.PatienceMs);
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments, Timeout = 60_000 }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A phone that has never been here before.</summary>
    public Task<Screen> Phone(string name, string locale) => Device(name, new()
    {
        ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true, HasTouch = true, Locale = locale,
    });

    /// <summary>The laptop in the booth.</summary>
    public Task<Screen> Laptop(string name, string locale) => Device(name, new()
    {
        ViewportSize = new() { Width = 1280, Height = 900 }, Locale = locale,
    });

    /// <summary>Watches a page that another one opened.</summary>
    public Screen Adopt(string name, IPage page)
    {
        var screen = new Screen(name, page);
        _screens.Add(screen);
        return screen;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task<Screen> Device(string name, BrowserNewContextOptions options)
    {
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Screen.PatienceMs);
        return Adopt(name, await context.NewPageAsync());
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("STORY_CHROMIUM") is { Length: > 0 } named) return named;
        return (
            from name in Names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from file in new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }
            where File.Exists(file)
            select file).FirstOrDefault();
    }
}

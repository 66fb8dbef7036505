namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The director's page with the drafts.</summary>
internal sealed class Drafter(Screen screen)
{
    public Screen Screen { get; } = screen;

    public async Task Opens(string local)
    {
        await Screen.Page.GotoAsync($"{local}/drafts");
        await Screen.Sees("[data-testid=begin-title]");
    }

    /// <summary>Begins a draft, told in both languages.</summary>
    public async Task Begins(string title, string premise)
    {
        await Screen.At("begin-title").FillAsync(title);
        await Screen.At("begin-premise").FillAsync(premise);
        await Screen.At("begin-go").ClickAsync();
        await Screen.Sees("[data-testid=progress]");
    }

    public async Task AcceptsAll()
    {
        await Screen.At("accept-all").ClickAsync();
        await Screen.At("sure-yes").ClickAsync();
        await Screen.Expect(Screen.At("accept-all")).ToHaveCountAsync(0);
    }

    /// <summary>It has been told to simulated audiences, and nothing must be mended.</summary>
    public async Task IsReady()
    {
        await Screen.Expect(Screen.At("advise")).ToBeEnabledAsync(new() { Timeout = Screen.StoryMs });
        await Screen.At("advise").ClickAsync();
        await Screen.Sees("[data-testid=advice-panel][data-old=false] [data-testid=advice-sheet][data-ready=true]", Screen.StoryMs);
    }

    /// <summary>Puts it among the films of the house. Answers its id.</summary>
    public async Task<string> Shelves()
    {
        await Screen.At("shelve").ClickAsync();
        await Screen.Sees("[data-testid=shelf][data-in-house=Same]", Screen.StoryMs);
        return new Uri(Screen.Page.Url).Fragment[1..].Split('/')[0];
    }
}

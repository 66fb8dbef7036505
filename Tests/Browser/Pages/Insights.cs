using System.Text;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>What an evening came to, for its staff.</summary>
internal sealed class Insights(Screen screen)
{
    public Screen Screen { get; } = screen;

    public async Task Opens(string local, string session)
    {
        await Screen.Page.GotoAsync($"{local}/insights#{session}");
        await Screen.Sees("[data-testid=insights-show]");
    }

    public Task<string> Figure(string name) => Screen.At($"figure-{name}").InnerTextAsync();

    /// <summary>What the staff did, in order: what, who and why.</summary>
    public async Task<IReadOnlyList<(string What, string Who, string Why)>> Interventions()
    {
        var list = new List<(string, string, string)>();
        foreach (var row in await Screen.At("insights-interventions", " tbody tr").AllAsync())
        {
            var cells = await row.Locator("td").AllInnerTextsAsync();
            list.Add((cells[1], cells[2], cells[3]));
        }

        return list;
    }

    /// <summary>Downloads a file and reads it, its mark included.</summary>
    public async Task<string> Download(string file)
    {
        var download = await Screen.Page.RunAndWaitForDownloadAsync(() => Screen.At($"file-{file}").ClickAsync());
        return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
    }
}

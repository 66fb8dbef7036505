using System.Globalization;
using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The page of a past show: a script to read, and the same to watch again.</summary>
internal sealed class Replay(Screen screen)
{
    public Screen Screen { get; } = screen;

    public Task Opens() => Screen.Sees("[data-testid=replay-show][data-mode=read]");

    public Task<string> Title() => Screen.Page.Locator("h1").InnerTextAsync();

    public Task<string> Ended() => Screen.At("replay-ended").InnerTextAsync();

    /// <summary>What operators did, in the order of the script and without the times.</summary>
    public async Task<IReadOnlyList<string>> Actions() =>
        [.. (await Screen.At("replay-action").AllInnerTextsAsync()).Select(action => action[(action.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    /// <summary>Every vote of the script, as this reader reads it.</summary>
    public async Task<IReadOnlyList<ToldVote>> Votes()
    {
        var list = new List<ToldVote>();
        foreach (var vote in await Screen.At("replay-vote", "[data-state=decided]").AllAsync())
        {
            var options = vote.Locator(".option");
            list.Add(new ToldVote(
                await vote.Locator("h4").InnerTextAsync(),
                await options.Locator(".label").AllInnerTextsAsync(),
                [.. (await options.Locator(".votes").AllInnerTextsAsync()).Select(votes => int.Parse(votes.Split(' ')[0], CultureInfo.InvariantCulture))],
                await options.EvaluateAllAsync<int>("options => options.findIndex((option) => option.matches('.won'))")));
        }

        return list;
    }

    /// <summary>The other way of looking: only what has happened by now is to be seen.</summary>
    public async Task Watch()
    {
        await Screen.At("replay-watch").ClickAsync();
        await Screen.Sees("[data-testid=replay-show][data-mode=watch]");
    }

    /// <summary>Goes on at this speed; the keys are the page's again after a click.</summary>
    public Task Rush(int speed) => Screen.At($"replay-speed-{speed}").ClickAsync();

    /// <summary>Presses a key and reads the line that it leads to, counted from 0.</summary>
    public async Task<string> Press(string key, int leadsTo)
    {
        await Screen.Page.Keyboard.PressAsync(key);
        return await (await Screen.Catches($"[data-testid=replay-show][data-step='{leadsTo}'] [data-testid=replay-line][aria-current]")).InnerTextAsync();
    }

    /// <summary>The line that is marked as the present one.</summary>
    public Task<string> Line() => Screen.At("replay-line", "[aria-current]").InnerTextAsync();

    public Task Offers(string button) => Screen.Expect(Screen.At("replay-play")).ToHaveAccessibleNameAsync(button);
}

/// <summary>A vote in the script of a past show.</summary>
internal sealed record ToldVote(string Question, IReadOnlyList<string> Options, IReadOnlyList<int> Counts, int Winner);

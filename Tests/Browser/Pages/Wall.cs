using System.Globalization;
using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The big screen, in two languages.</summary>
internal sealed class Wall(Screen screen)
{
    public Screen Screen { get; } = screen;

    public Task IsIn(string phase) => Screen.Sees($"[data-testid=wall-stage][data-phase={phase}]", Screen.StoryMs);

    public Task Seats(int people) => Screen.Sees($"[data-testid=wall-seated][data-seated='{people}']");

    public Task Tells(int line) => Screen.Sees($"[data-testid=wall-line][data-line='{line}']", Screen.StoryMs);

    /// <summary>Waits for the next round or the end; <see langword="false"/> at the end.</summary>
    public async Task<bool> NextRound()
    {
        await Screen.Sees("[data-testid=wall-stage][data-phase=Playing][data-round=Open], [data-testid=wall-stage][data-phase=Ended]", Screen.StoryMs);
        return await Screen.At("wall-stage").GetAttributeAsync("data-phase") != "Ended";
    }

    /// <summary>The tally stands at these counts while the round is on the wall.</summary>
    public Task Counts(IReadOnlyList<int> counts) => Screen.Sees(
        "[data-testid=wall-round]" + string.Concat(counts.Select((count, option) => $":has([data-testid=wall-option-{option}][data-count='{count}'])")));

    /// <summary>The decision card, from its first frame: which option won, and the counts on it.</summary>
    public async Task<(int Winner, IReadOnlyList<int> Counts)> Decision()
    {
        var card = await (await Screen.Catches("[data-testid=wall-decision]")).EvaluateAsync<string[]>(
            "card => [card.dataset.winner, ...[...card.querySelectorAll('ol strong')].map(count => count.textContent)]");
        var numbers = card.Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], numbers[1..]);
    }

    public Task LeavesDecision() => Screen.At("wall-decision").WaitForAsync(new() { State = WaitForSelectorState.Detached });

    /// <summary>What the credits list, in the first and the second language of the wall.</summary>
    public async Task<IReadOnlyList<WallCredit>> Credits()
    {
        var list = new List<WallCredit>();
        foreach (var entry in await Screen.At("wall-credits", " .roll > ol > li").AllAsync())
        {
            list.Add(new WallCredit(
                await entry.Locator(".question .first").InnerTextAsync(),
                await entry.Locator(".question .second").InnerTextAsync(),
                await entry.Locator(".taken .first").InnerTextAsync(),
                await entry.Locator(".taken .second").InnerTextAsync(),
                await entry.Locator(".taken .votes").InnerTextAsync()));
        }

        return list;
    }
}

/// <summary>One decision in the wall's credits.</summary>
internal sealed record WallCredit(string Question, string QuestionToo, string Taken, string TakenToo, string Votes);

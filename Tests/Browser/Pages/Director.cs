using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The director's page of one screening.</summary>
internal sealed class Director(Screen screen)
{
    public Screen Screen { get; } = screen;

    public async Task Opens(string local, string session)
    {
        await Screen.Page.GotoAsync($"{local}/director#{session}");
        await Screen.Sees("[data-testid=script-beat]");
    }

    /// <summary>Every beat is to wait for a yes from the next decision on.</summary>
    public async Task DemandsYes(int seconds)
    {
        await Screen.At("veto-seconds").FillAsync($"{seconds}");
        await Screen.At("veto-set").ClickAsync();
        await Says("From the next decision on.");
        await Screen.Expect(Screen.At("veto-now")).ToContainTextAsync($"{seconds} s");
    }

    public async Task Forbids(string word)
    {
        await Screen.At("forbid-word").FillAsync(word);
        await Screen.At("forbid").ClickAsync();
        await Says("The word is forbidden.");
        await Screen.Expect(Screen.At("forbidden")).ToContainTextAsync(word);
    }

    /// <summary>Writes over the first line of the beat that an option leads to.</summary>
    public async Task Rewrites(int beat, int option, string english, string chinese)
    {
        await Screen.At($"edit-{beat}-{option}").ClickAsync();
        await Screen.At("edit-line-0-en").FillAsync(english);
        await Screen.At("edit-line-0-zh").FillAsync(chinese);
        await Screen.Picture("edit");
        await Screen.At($"edit-save-{beat}-{option}").ClickAsync();
        await Says("Your lines are in the script.");
        await Screen.Sees($"[data-testid=script-beat][data-beat='{beat}'][data-option='{option}'] [data-testid=script-line][data-director]");
    }

    /// <summary>A beat waits; the key Y lets it air.</summary>
    public async Task SaysYes()
    {
        await Screen.Sees("[data-testid=veto-waits]", Screen.StoryMs);
        await Screen.Picture("waits");
        await Screen.Page.Keyboard.PressAsync("y");
        await Says("It airs.");
        await Screen.Expect(Screen.At("veto-waits")).ToHaveCountAsync(0);
    }

    private Task Says(string outcome) => Screen.Expect(Screen.At("director-outcome")).ToHaveTextAsync(outcome);
}

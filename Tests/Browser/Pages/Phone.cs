namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>A viewer's phone.</summary>
internal sealed class Phone(Screen screen)
{
    public Screen Screen { get; } = screen;

    /// <summary>Types the code as people do: small letters, a gap in the middle.</summary>
    public async Task JoinByTyping(string origin, string code)
    {
        await Screen.Page.GotoAsync(origin + "/");
        await Screen.At("join-code").PressSequentiallyAsync($"{code[..3]} {code[3..]}".ToLowerInvariant());
        await Screen.Expect(Screen.At("join-code")).ToHaveValueAsync(code);
        await Screen.At("join-button").TapAsync();
    }

    /// <summary>Comes by the address in the QR code.</summary>
    public async Task JoinByScanning(string origin, string code)
    {
        await Screen.Page.GotoAsync($"{origin}/?code={code}");
        await Screen.At("join-button").TapAsync();
    }

    public Task IsIn(string phase) => Screen.Sees($"[data-testid=play][data-phase={phase}]", Screen.StoryMs);

    public Task Choose(string language) => Screen.At($"language-{language}").TapAsync();

    public Task RoundOpens() => Screen.Sees("[data-testid=play][data-phase=Playing][data-round=Open] [data-testid^=option]:enabled", Screen.StoryMs);

    /// <summary>The question and the options, as this phone's owner reads them.</summary>
    public async Task<Ask> Reads() => new(
        await Screen.Page.Locator("#question").InnerTextAsync(),
        [.. await Screen.Page.Locator("[data-testid^=option] .label > span[lang]").AllInnerTextsAsync()]);

    public async Task Vote(int option)
    {
        await Screen.At($"option-{option}").TapAsync();
        await IsOnRecord(option);
    }

    /// <summary>The receipt proves the vote: its words, its number, and the option it stands for.</summary>
    public async Task IsOnRecord(int option)
    {
        await IsOnRecord($"{option}");
        await Screen.Sees($"[data-testid=option-{option}][aria-pressed=true]");
    }

    /// <summary>The receipt stands for this canonical ballot, and has its code. Answers the code.</summary>
    public async Task<string> IsOnRecord(string ballot)
    {
        await Screen.Sees($"[data-testid=receipt][data-status=recorded][data-choice='{ballot}']:has([data-testid=receipt-number]):has([data-testid=receipt-proof])");
        return await Screen.At("receipt-proof").InnerTextAsync();
    }

    /// <summary>Taps options in the order they are liked; every tap casts.</summary>
    public async Task<string> Rank(params int[] options)
    {
        foreach (var option in options) await Screen.At($"option-{option}").TapAsync();
        return await IsOnRecord(string.Join('>', options));
    }

    public async Task<string> Abstain()
    {
        await Screen.At("abstain").TapAsync();
        return await IsOnRecord("-");
    }

    /// <summary>Where an option stands in the ranking, as a screen reader says it.</summary>
    public Task SaysPlace(int option, string place) =>
        Screen.Expect(Screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { NameRegex = new($"^{(char)('A' + option)}: .*, {place}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)), Pressed = true })).ToBeVisibleAsync();

    /// <summary>The same phone's browser in a second tab.</summary>
    public async Task<Phone> SecondTab(Chromium chromium, string origin)
    {
        var tab = new Phone(chromium.Adopt(Screen.Name + "-tab", await Screen.Page.Context.NewPageAsync()));
        await tab.Screen.Page.GotoAsync(origin + "/play");
        return tab;
    }

    public Task<string> Receipt() => Screen.At("receipt").InnerTextAsync();

    /// <summary>Which option the decision card names, from its first frame.</summary>
    public async Task<int> Decision() =>
        await (await Screen.Catches("[data-testid=decision] [data-testid=winner]")).EvaluateAsync<int>("card => Number(card.dataset.option)");

    /// <summary>The film's title, as the credits give it.</summary>
    public Task<string> Title() => Screen.At("credits", " .end h2").InnerTextAsync();

    /// <summary>Follows the credits to the recording of the show.</summary>
    public async Task<Replay> ReadAgain()
    {
        await Screen.At("to-replay").TapAsync();
        var replay = new Replay(Screen);
        await replay.Opens();
        return replay;
    }

    /// <summary>What the credits list: question, the road taken, and the line beneath with the votes.</summary>
    public async Task<IReadOnlyList<Credit>> Credits()
    {
        var entries = Screen.At("credits", " ol > li");
        var list = new List<Credit>();
        foreach (var entry in await entries.AllAsync())
        {
            list.Add(new Credit(
                await entry.Locator(".question").InnerTextAsync(),
                await entry.Locator(".taken > span").InnerTextAsync(),
                await entry.Locator(".own").InnerTextAsync()));
        }

        return list;
    }
}

/// <summary>What a round asks, in one language.</summary>
internal sealed record Ask(string Question, IReadOnlyList<string> Options);

/// <summary>One decision in a phone's credits.</summary>
internal sealed record Credit(string Question, string Taken, string Own);

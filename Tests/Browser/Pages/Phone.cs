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
        await Screen.Sees($"[data-testid=receipt][data-status=recorded][data-choice='{option}']:has([data-testid=receipt-number])");
        await Screen.Sees($"[data-testid=option-{option}][aria-pressed=true]");
    }

    public Task<string> Receipt() => Screen.At("receipt").InnerTextAsync();

    /// <summary>Which option the decision card names, from its first frame.</summary>
    public async Task<int> Decision() =>
        await (await Screen.Catches("[data-testid=decision] [data-testid=winner]")).EvaluateAsync<int>("card => Number(card.dataset.option)");

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

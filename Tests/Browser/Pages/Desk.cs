using System.Globalization;
using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The operator's console.</summary>
internal sealed class Desk(Screen screen)
{
    /// <summary>The password that the first sign-in chooses.</summary>
    private const string Own = "four plain words here";

    public Screen Screen { get; } = screen;

    public async Task SignIn(string local, string name, string password)
    {
        // Who is there? Nobody yet.
        Screen.Expects("401 /api/me");
        await Screen.Page.GotoAsync(local + "/console");
        await Screen.At("sign-in-name").FillAsync(name);
        await Screen.At("sign-in-password").FillAsync(password);
        await Screen.At("sign-in").ClickAsync();
        // A printed password is good for one sign-in.
        await Screen.At("password-new").FillAsync(Own);
        await Screen.At("password-again").FillAsync(Own);
        await Screen.Picture("first-password");
        await Screen.At("password-save").ClickAsync();
        await Screen.Sees("[data-testid=nav-sessions]");
    }

    /// <summary>Creates the shortest session the film allows, told in English, with Chinese beneath on the wall. Answers its code.</summary>
    /// <param name="windowSeconds">How long a round is open.</param>
    /// <param name="cardSeconds">How long the decision card shows.</param>
    /// <param name="seats">How many there are.</param>
    /// <param name="choices">What else is chosen in the form: the field's name and the value.</param>
    public async Task<string> Create(int windowSeconds, int cardSeconds, int seats, params (string Field, string Value)[] choices)
    {
        await Fill(null, windowSeconds, cardSeconds, seats);
        foreach (var (field, value) in choices) await Screen.At($"new-{field}").SelectOptionAsync(value);
        return await Make();
    }

    /// <summary>Creates a session of so many minutes that is to begin at this time. Answers its code.</summary>
    public async Task<string> Schedule(DateTime when, int minutes, int windowSeconds, int cardSeconds, int seats)
    {
        await Fill(minutes, windowSeconds, cardSeconds, seats);
        await Screen.At("new-when").FillAsync(when.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        return await Make();
    }

    /// <summary>The session that the console has open.</summary>
    public string Session => new Uri(Screen.Page.Url).Fragment[1..];

    public Task IsIn(string phase) => Screen.Sees($"[data-testid=phase][data-phase={phase}]");

    /// <summary>Presses a button and reads what the hall answers.</summary>
    public async Task Press(string action, string outcome)
    {
        await Screen.At($"op-{action}").ClickAsync();
        await Screen.Expect(Screen.At("op-outcome")).ToHaveTextAsync(outcome);
    }

    /// <summary>Presses a button that asks back, and confirms.</summary>
    public async Task Confirm(string action, string outcome, string reason = "", bool shift = false)
    {
        await Screen.At($"op-{action}").ClickAsync();
        if (shift) await Screen.At("pause-shift").CheckAsync();
        await Screen.At("confirm-reason").FillAsync(reason);
        await Screen.At("confirm-yes").ClickAsync();
        await Screen.Expect(Screen.At("op-outcome")).ToHaveTextAsync(outcome);
    }

    /// <summary>Does something to a seat and confirms it.</summary>
    public async Task Seat(string action, int seat, string outcome, string reason = "")
    {
        await Screen.At("seat-number").FillAsync($"{seat}");
        await Screen.At($"seat-{action}").ClickAsync();
        await Screen.At("confirm-reason").FillAsync(reason);
        await Screen.At("confirm-yes").ClickAsync();
        await Screen.Expect(Screen.At("op-outcome")).ToHaveTextAsync(outcome);
    }

    /// <summary>The codes on the seat cards, by seat from 1, as whoever holds the cards reads them.</summary>
    public async Task<IReadOnlyList<string>> SeatCodes(int seats)
    {
        return await Screen.Page.EvaluateAsync<string[]>(
            "async ([session, seats]) => (await (await fetch(`/api/sessions/${session}/seat-codes?from=1&to=${seats}`)).json()).map((card) => card.code)",
            new object[] { Session, seats });
    }

    /// <summary>Presses a button that asks back, and thinks better of it.</summary>
    public async Task ThinkBetterOf(string action)
    {
        await Screen.At($"op-{action}").ClickAsync();
        await Screen.At("confirm-no").ClickAsync();
        await Screen.Expect(Screen.At("confirm")).ToHaveCountAsync(0);
    }

    /// <summary>Opens the recording of the show beside the console, by the console's link.</summary>
    public async Task<Replay> OpenReplay(Chromium chromium, string local)
    {
        var replay = new Replay(chromium.Adopt("replay", await Screen.Page.Context.NewPageAsync()));
        await replay.Screen.Page.GotoAsync(local + await Screen.At("replay-link").GetAttributeAsync("href"));
        await replay.Opens();
        return replay;
    }

    /// <summary>Opens the wall's window from the console, or by another of its buttons.</summary>
    public Task<IPage> OpenWall(string button = "op-wall") => Screen.Page.RunAndWaitForPopupAsync(() => Screen.At(button).ClickAsync());

    /// <summary>While a decision's card is up: asks, which holds the show, and answers with a reason.</summary>
    /// <param name="reason">What the hall reads.</param>
    /// <param name="follow">The option that the story follows instead; <see langword="null"/> for another vote.</param>
    /// <param name="meanwhile">What is to be seen while the question is open.</param>
    public async Task Overrule(string reason, int? follow, Func<Task> meanwhile)
    {
        await Screen.At("op-overrule").ClickAsync(new() { Timeout = Screen.StoryMs });
        await Screen.Sees("[data-testid=overrule]");
        await meanwhile();
        await Screen.At("overrule-reason").FillAsync(reason);
        if (follow is { } option) await Screen.At($"overrule-{option}").CheckAsync();
        await Screen.Picture(follow is null ? "again" : "overrule");
        await Screen.At(follow is null ? "op-rerun" : "op-override").ClickAsync();
        await Screen.Expect(Screen.At("overrule")).ToHaveCountAsync(0);
        await Screen.Expect(Screen.At("op-outcome")).ToHaveTextAsync(follow is null ? "The vote opens again." : "The story follows what the house chose.");
    }

    private async Task Fill(int? length, int windowSeconds, int cardSeconds, int seats)
    {
        var minutes = Screen.At("new-minutes");
        await Screen.Sees("[data-testid=new-minutes][min]");
        await minutes.FillAsync(length is { } wanted ? $"{wanted}" : await minutes.GetAttributeAsync("min") ?? "");
        await Screen.At("new-capacity").FillAsync($"{seats}");
        await Screen.At("new-language").SelectOptionAsync("en");
        await Screen.At("new-second").SelectOptionAsync("zh");
        await Screen.At("new-window").FillAsync($"{windowSeconds}");
        await Screen.At("new-card").FillAsync($"{cardSeconds}");
    }

    private async Task<string> Make()
    {
        await Screen.Picture("form");
        await Screen.At("new-create").ClickAsync();
        await IsIn("Scheduled");
        return await Screen.At("console-code").InnerTextAsync();
    }
}

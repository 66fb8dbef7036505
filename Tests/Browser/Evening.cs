using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>The evening's acts. It writes down what people saw and did, to hold the credits against.</summary>
internal sealed class Evening(Desk desk, Phone english, Phone chinese)
{
    private const string PauseReason = "Someone fainted in row 4";
    private const string Notice = "Is there a doctor in the house?";

    private readonly List<Choice> _choices = [];
    private Wall? _wall;

    public Desk Desk { get; } = desk;

    public Wall Wall => _wall ?? throw new InvalidOperationException("The wall is dark.");

    private Phone[] Phones { get; } = [english, chinese];

    public async Task Hang(Wall wall)
    {
        _wall = wall;
        await wall.Screen.Page.SetViewportSizeAsync(1920, 1080);
    }

    /// <summary>Both phones take a seat, each its own way; the wall counts them. One practises: the credits must not know of it.</summary>
    public async Task Fill(string origin, string code)
    {
        await Wall.IsIn("Lobby");
        await Screen.Expect(Wall.Screen.At("wall-code")).ToHaveTextAsync(code);
        await Screen.Expect(Wall.Screen.At("join-address")).ToHaveTextAsync(new Uri(origin).Authority);
        await Wall.Seats(0);

        await english.JoinByTyping(origin, code);
        await english.IsIn("Lobby");
        await Wall.Seats(1);
        await chinese.JoinByScanning(origin, code);
        await chinese.IsIn("Lobby");
        await Wall.Seats(2);
        await english.Screen.Sees("[data-testid=lobby] [role=progressbar][aria-valuenow='2']");
        await Screen.Expect(english.Screen.At("seat")).Not.ToHaveTextAsync(await chinese.Screen.At("seat").InnerTextAsync());
        await english.Vote(0);
        await Both("lobby");

        await Speak();
        await SwitchLanguages();
    }

    public async Task Begin()
    {
        await Desk.ThinkBetterOf("start");
        await Desk.IsIn("Lobby");
        await Desk.Confirm("start", "The show has started.");
        await Task.WhenAll(Phones.Select(phone => phone.IsIn("Playing")).Append(Wall.IsIn("Playing")));
    }

    /// <summary>The operator holds the show in the first beat: everyone is told, and told when it goes on.</summary>
    public async Task HoldAndGoOn()
    {
        await Wall.Tells(line: 2);
        await Task.WhenAll(Phones.Select(phone => phone.Screen.Sees("[data-testid=beat]")));
        await Speak();
        await Both("beat");
        await english.Screen.At("feel-suspense").TapAsync();

        await Desk.ThinkBetterOf("pause");
        await Desk.IsIn("Playing");
        await Desk.Confirm("pause", "The show is paused.", reason: PauseReason, shift: true);
        await Desk.IsIn("Paused");
        foreach (var screen in Everyone) await screen.Sees("[data-testid=held]");
        await Speak();
        await Both("held");
        await TellEveryone();
        await Desk.Press("resume", "The show goes on.");
        await Desk.IsIn("Playing");
        foreach (var screen in Everyone) await Screen.Expect(screen.At("held")).ToHaveCountAsync(0);
    }

    /// <summary>A line on every screen, and a wall that shows nothing; both are taken back.</summary>
    private async Task TellEveryone()
    {
        await Desk.Screen.At("notice-line").FillAsync(Notice);
        await Desk.Press("tell", "Everyone reads it now.");
        foreach (var screen in Everyone) await Screen.Expect(screen.At("notice")).ToHaveTextAsync(Notice);
        await Both("told");
        await Desk.Press("untell", "It is taken back.");
        foreach (var screen in Everyone) await Screen.Expect(screen.At("notice")).ToHaveCountAsync(0);

        await Desk.Press("blank", "The wall is dark.");
        await Wall.Screen.Sees("[data-testid=wall-dark]");
        await Desk.Press("unblank", "The wall is lit.");
        await Screen.Expect(Wall.Screen.At("wall-dark")).ToHaveCountAsync(0);
    }

    /// <summary>
    /// The operator gives more time; one phone changes its mind, the other reloads and finds its vote still on record.
    /// </summary>
    public async Task FirstRound()
    {
        (await Wall.NextRound()).ShouldBeTrue("the first beat should end in a round");
        var extended = Desk.Press("extend", "The vote is open 10 s longer.");
        var asks = await Open();
        await Task.WhenAll(extended, english.Vote(1), chinese.Vote(0));
        var options = asks[0].Options.Count;
        await Wall.Counts(Counts([1, 0], options));

        var tally = Wall.Counts(Counts([0, 0], options));
        await Task.WhenAll(tally, english.Vote(0));
        await chinese.Screen.Page.ReloadAsync();
        await chinese.IsOnRecord(0);
        (await english.Receipt()).ShouldContain("on record");
        (await chinese.Receipt()).ShouldContain("已记录");
        await Decide(asks, [0, 0], Task.WhenAll(Speak(), Both("round")));
    }

    /// <summary>The hall agrees, and then it does not, in turn.</summary>
    public async Task AnotherRound()
    {
        int[] votes = _choices.Count % 2 == 1 ? [1, 1] : [0, 1];
        var asks = await Open();
        var tally = Wall.Counts(Counts(votes, asks[0].Options.Count));
        await Task.WhenAll(tally, english.Vote(votes[0]), chinese.Vote(votes[1]));
        await Decide(asks, votes, Task.CompletedTask);
    }

    /// <summary>Every decision is in the credits: on the wall in both languages, on each phone in its own, with its own vote.</summary>
    public async Task ReadCredits()
    {
        _choices.Count.ShouldBeGreaterThan(1, "the shortest show should have more than one round");
        foreach (var phone in Phones) await phone.IsIn("Ended");
        (await Wall.Credits()).ShouldBe(_choices.Select(choice => new WallCredit(
            choice.Asks[0].Question, choice.Asks[1].Question, choice.Taken(0), choice.Taken(1), $"{choice.Votes.Count(vote => vote == choice.Winner)}")));
        for (var at = 0; at < Phones.Length; at++)
        {
            var own = await Phones[at].Credits();
            own.Select(credit => (credit.Question, credit.Taken)).ShouldBe(_choices.Select(choice => (choice.Asks[at].Question, choice.Taken(at))));
            foreach (var (credit, choice) in own.Zip(_choices)) credit.Own.ShouldMatch($"[:：] ?{(char)('A' + choice.Votes[at])}$");
            var agreed = _choices.Count(choice => choice.Votes[at] == choice.Winner);
            var sentence = await Phones[at].Screen.At("agreed").InnerTextAsync();
            sentence.ShouldContain($"{agreed}");
            sentence.ShouldContain($"{_choices.Count}");
        }

        await Speak();
        await Both("credits");
        await SwitchLanguages();
    }

    /// <summary>
    /// From the credits to the script of the evening: the same title, questions and counts, in the reader's language and in
    /// the other one. Nobody reads there why the operator paused.
    /// </summary>
    public async Task ReadAgain()
    {
        var title = await english.Title();
        var replay = await english.ReadAgain();
        new Uri(replay.Screen.Page.Url).PathAndQuery.ShouldBe("/replay");
        new Uri(replay.Screen.Page.Url).Fragment.ShouldBe($"#{Desk.Session}");
        (await replay.Title()).ShouldBe(title);
        (await replay.Ended()).ShouldStartWith("The story came to its own end.");
        (await replay.Actions()).ShouldBe(["The show was paused", "The house told everyone something", "The house took back what it had told", "The wall went dark", "The wall was lit", "The show went on", "More time to vote"]);
        await Screen.Expect(replay.Screen.Page.Locator("body")).Not.ToContainTextAsync(PauseReason);
        await Repeats(replay, language: 0);
        (await replay.Screen.Faults()).ShouldBeEmpty();
        await replay.Screen.Picture("replay");

        await english.Choose("zh");
        await Screen.Expect(replay.Screen.Page.Locator("h1")).Not.ToHaveTextAsync(title);
        await Repeats(replay, language: 1);
        await replay.Watch();
        await replay.Screen.Speaks("zh");
        await english.Choose("en");
        await replay.Screen.Speaks("en");
        (await replay.Title()).ShouldBe(title);
    }

    /// <summary>The show again, line by line and by itself, from the keys alone; the address goes along.</summary>
    public static async Task WatchAgain(Replay replay)
    {
        await replay.Watch();
        await Screen.Expect(replay.Screen.At("replay-line")).ToHaveCountAsync(0);
        var first = await replay.Press("ArrowRight", leadsTo: 0);
        var second = await replay.Press("ArrowRight", leadsTo: 1);
        second.ShouldNotBe(first);
        replay.Screen.Page.Url.ShouldEndWith(";line=0.1");
        (await replay.Press("ArrowLeft", leadsTo: 0)).ShouldBe(first);
        await Screen.Expect(replay.Screen.At("replay-line")).ToHaveCountAsync(1);

        await replay.Rush(2);
        await replay.Offers("Play");
        (await replay.Press("Space", leadsTo: 1)).ShouldBe(second);
        await replay.Offers("Pause");
        await replay.Screen.Page.Keyboard.PressAsync("Space");
        await replay.Offers("Play");
        (await replay.Screen.Faults()).ShouldBeEmpty();
        await replay.Screen.Picture("watch");

        var here = await replay.Line();
        await replay.Screen.Page.ReloadAsync();
        await replay.Opens();
        (await replay.Line()).ShouldBe(here, "the address knows the line");
    }

    public async Task Leave()
    {
        await Desk.IsIn("Ended");
        await Desk.Screen.Picture("end");
        await Desk.Screen.At("sign-out").ClickAsync();
        await Desk.Screen.Sees("[data-testid=sign-in]");
    }

    private IEnumerable<Screen> Everyone => Phones.Select(phone => phone.Screen).Prepend(Wall.Screen);

    private string Card => $"card-{_choices.Count + 1}";

    private async Task<Ask[]> Open()
    {
        await Task.WhenAll(Phones.Select(phone => phone.RoundOpens()));
        return await Task.WhenAll(Phones.Select(phone => phone.Reads()));
    }

    /// <summary>The card on the wall and on the phones agrees with what was voted; a tie may fall either way.</summary>
    private async Task Decide(Ask[] asks, int[] votes, Task meanwhile)
    {
        var onPhones = Task.WhenAll(Phones.Select(async phone =>
        {
            var winner = await phone.Decision();
            await phone.Screen.Picture(Card);
            return winner;
        }));
        var (winner, counts) = await Wall.Decision();
        await Wall.Screen.Picture(Card);
        counts.ShouldBe(Counts(votes, asks[0].Options.Count));
        votes.ShouldContain(winner);
        (await onPhones).ShouldAllBe(shown => shown == winner);
        await meanwhile;
        _choices.Add(new Choice(asks, votes, winner));
        await Wall.LeavesDecision();
    }

    /// <summary>Each phone in its own language, in whatever it shows.</summary>
    private Task Speak() => Task.WhenAll(english.Screen.Speaks("en"), chinese.Screen.Speaks("zh"));

    /// <summary>A touch of the switch changes every word on the phone, and another changes them back.</summary>
    private async Task SwitchLanguages()
    {
        await english.Choose("zh");
        await english.Screen.Speaks("zh");
        await english.Choose("en");
        await english.Screen.Speaks("en");
    }

    /// <summary>The script has every vote of the evening, with what each option got and which one won.</summary>
    private async Task Repeats(Replay replay, int language)
    {
        var votes = await replay.Votes();
        votes.Select(vote => vote.Question).ShouldBe(_choices.Select(choice => choice.Asks[language].Question));
        foreach (var (vote, choice) in votes.Zip(_choices))
        {
            vote.Options.ShouldBe(choice.Asks[language].Options);
            vote.Counts.ShouldBe(Counts(choice.Votes, vote.Options.Count));
            vote.Winner.ShouldBe(choice.Winner);
        }
    }

    private Task Both(string moment) =>
        Task.WhenAll(Everyone.Append(Desk.Screen).Select(screen => screen.Picture(moment)));

    private static List<int> Counts(int[] votes, int options) => [.. Enumerable.Range(0, options).Select(option => votes.Count(vote => vote == option))];

    private sealed record Choice(Ask[] Asks, int[] Votes, int Winner)
    {
        public string Taken(int phone) => Asks[phone].Options[Winner];
    }
}

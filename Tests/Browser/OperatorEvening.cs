using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>The acts of an evening on which things go wrong. Votes are cast by three phones, so that none is a tie.</summary>
internal sealed class OperatorEvening(Chromium chromium, KillableHall hall, Desk desk, Desk directors, Phone[] phones)
{
    private const string DirectorName = "dora";
    private const string WhyDirector = "Directs on Thursdays";
    private const string Remark = "Is the ferry late again?";
    private const string Forbidden = "whistle";
    private const string Line = "Nobody aboard has looked at a clock since the pier.";
    private const string LineInChinese = "离开码头以后，船上没有人看过钟。";
    private const string WhyOtherwise = "The exit light on the left went out";
    private const string WhyEnd = "The last bus goes at ten";
    private const string WhyAgain = "The back rows had no network";

    /// <summary>Longer than any act of ours between a decision and the answer to it; a yes ends it early.</summary>
    private const int VetoSeconds = 20;

    private readonly Director _director = new(directors.Screen);
    private readonly List<string>[] _proofs = [.. phones.Select(_ => new List<string>())];
    private House? _house;
    private Wall? _wall;
    private string _code = "";

    private Wall Wall => _wall ?? throw new InvalidOperationException("The wall is dark.");

    private string Session => desk.Session;

    private IEnumerable<Screen> Everyone => phones.Select(phone => phone.Screen).Prepend(Wall.Screen);

    /// <summary>The operator with the printed password, the director with the one that was handed over; each must change it.</summary>
    public async Task SignIn(string name, string password)
    {
        await desk.SignIn(hall.Local, name, password);
        var handed = await new Staff(desk.Screen).Make(DirectorName, "director", WhyDirector);
        handed.ShouldNotBe(password);
        await directors.SignIn(hall.Local, DirectorName, handed);
        await directors.Screen.Sees("[data-testid=no-role]");
        await Screen.Expect(directors.Screen.At("nav-audit")).ToHaveCountAsync(0);
    }

    /// <summary>For tonight: long enough that nothing ends before it is landed.</summary>
    public async Task Schedule()
    {
        _code = await desk.Schedule(DateTime.Now.AddMinutes(10), minutes: 8, windowSeconds: 30, cardSeconds: 2, seats: 12);
        await ReadsIn(desk.Screen, "zh", "开演之前", "已排期");
    }

    /// <summary>Nothing is open, so the wall is red; what the check says to do makes it green.</summary>
    public async Task CheckTheHall()
    {
        var check = new Check(desk.Screen);
        await check.Is("wall", "Red");
        await desk.Screen.Picture("check-red");
        _wall = new Wall(chromium.Adopt("wall", await desk.OpenWall()));
        await check.Is("wall", "Amber");
        // The hall hears nothing from a window that nobody has touched.
        await Wall.Screen.Page.Locator("main").ClickAsync();
        await check.Press("test-tone");
        await Wall.Screen.Sees("[data-testid=wall-test]");
        await check.Is("wall", "Green");
        await check.Is("sound", "Amber");
        await check.Press("test-heard");
        await check.Is("sound", "Green");
        foreach (var item in (string[])["disk", "writer", "clock", "journal"]) await check.Is(item, "Green");
        await check.Passes();
        await desk.Screen.Picture("check-green");
        await check.Press("test-off");
        await Screen.Expect(Wall.Screen.At("wall-test")).ToHaveCountAsync(0);
    }

    public async Task OpenTheDoors()
    {
        await desk.Press("open", "The doors are open.");
        var address = await desk.Screen.At("console-address").InnerTextAsync();
        var origin = address[address.IndexOf("http", StringComparison.Ordinal)..];
        foreach (var (phone, at) in phones.Select((phone, at) => (phone, at)))
        {
            await phone.JoinByScanning(origin, _code);
            await phone.IsIn("Lobby");
            await Wall.Seats(at + 1);
        }
    }

    /// <summary>Somebody writes; the director, who may look at the console and run nothing there, reads it on their own page and says yes.</summary>
    public async Task ReadARemark()
    {
        await desk.Screen.At("switch-remarks").ClickAsync();
        await Screen.Expect(desk.Screen.At("op-outcome")).ToHaveTextAsync("Viewers may write remarks.");
        await phones[0].Screen.At("remark-open").TapAsync();
        await phones[0].Screen.At("remark-words").FillAsync(Remark);
        await phones[0].Screen.At("remark-send").TapAsync();
        await phones[0].Screen.Sees("[data-testid=remark][data-state=sent]");

        await directors.Screen.Page.Locator($"[data-testid=session-open][data-session='{Session}']").ClickAsync();
        await directors.IsIn("Lobby");
        await Screen.Expect(directors.Screen.At("op-start")).ToBeDisabledAsync();
        await _director.Opens(hall.Local, Session);
        await Screen.Expect(directors.Screen.At("remark-waiting")).ToContainTextAsync(Remark);
        await directors.Screen.At("remark-approve").ClickAsync();
        await Screen.Expect(Wall.Screen.At("wall-remark")).ToHaveTextAsync(Remark);
    }

    /// <summary>What the director wants of the evening, before it begins.</summary>
    public async Task Direct()
    {
        await _director.DemandsYes(VetoSeconds);
        await _director.Forbids(Forbidden);
        await ReadsIn(_director.Screen, "zh", "播前确认", "禁用词", "尚未成立");
    }

    /// <summary>The opening, too, waits for the director.</summary>
    public async Task Start()
    {
        await desk.Confirm("start", "The show has started.");
        await Task.WhenAll(phones.Select(phone => phone.IsIn("Playing")).Append(Wall.IsIn("Playing")));
        await _director.SaysYes();
        await Wall.Tells(line: 0);
    }

    /// <summary>First mishap. The wall's window is gone: both desks of the house ring, the show holds, and the way back is a button in the alarm.</summary>
    public async Task LoseTheProjector()
    {
        _house = new House(chromium.Adopt("house", await desk.Screen.Page.Context.NewPageAsync()));
        await _house.Screen.Page.GotoAsync(hall.Local + "/house");
        await _house.Screen.Sees($"[data-testid=tile][data-session='{Session}']");
        await _house.WallIsBack();

        await Wall.Screen.Page.CloseAsync();
        await desk.Screen.Sees("[data-testid=wall-alarm]");
        await _house.RingsForTheWall();
        await ReadsIn(_house.Screen, "zh", "场馆总览");
        foreach (var phone in phones) await phone.Screen.Sees("[data-testid=wall-lost]");
        await desk.Screen.Picture("wall-lost");

        _wall = new Wall(chromium.Adopt("wall-again", await desk.OpenWall("wall-again")));
        // The wall stands at the address of the phones, where nobody is signed in; when its line fails it asks all the same.
        _wall.Screen.Expects($"401 /api/sessions/{Session}/wall-ticket");
        await Screen.Expect(desk.Screen.At("wall-alarm")).ToHaveCountAsync(0);
        await _house.WallIsBack();
        foreach (var phone in phones) await Screen.Expect(phone.Screen.At("wall-lost")).ToHaveCountAsync(0);
        await Wall.Screen.Sees("[data-testid=wall-line]");
    }

    /// <summary>The hall chooses the road on which the director has written, and the director lets it air.</summary>
    public async Task AirTheDirectorsLine()
    {
        await _director.Rewrites(beat: 1, option: 1, Line, LineInChinese);
        await ToTheVote();
        await Vote(1, 1, 0);
        await Decide(winner: 1);
        await _director.SaysYes();
        var line = Wall.Screen.At("wall-line", "[data-beat='1'][data-line='0']");
        await Screen.Expect(line).ToContainTextAsync(Line, new() { Timeout = Screen.StoryMs });
        await Screen.Expect(line).ToContainTextAsync(LineInChinese);
        await Wall.Screen.Picture("directors-line");
    }

    /// <summary>Second mishap: the house decides otherwise, and says why to everyone.</summary>
    public async Task OverruleTheHall()
    {
        await ToTheVote();
        await Vote(0, 0, 1);
        await Decide(winner: 0);
        await desk.Overrule(WhyOtherwise, follow: 1, async () =>
        {
            foreach (var screen in Everyone) await screen.Sees("[data-testid=held]");
        });
        await Wall.Screen.Sees("[data-testid=wall-decision][data-winner='0'][data-taken='1']");
        await Screen.Expect(Wall.Screen.At("wall-house")).ToHaveTextAsync(WhyOtherwise);
        foreach (var phone in phones) await Screen.Expect(phone.Screen.At("house")).ToContainTextAsync(WhyOtherwise);
        await Wall.Screen.Picture("overruled");
        await _director.SaysYes();
        await Wall.Screen.Sees("[data-testid=wall-line][data-beat='2']", Screen.StoryMs);
    }

    /// <summary>
    /// The vote after goes wrong as well and is held again; and in the middle of that, third mishap, the server is killed.
    /// Everyone comes back into the same round with the ballots they cast.
    /// </summary>
    public async Task AskTheHallAgain()
    {
        await ToTheVote();
        var question = await phones[0].Reads();
        await Vote(0, 0, 0);
        await Decide(winner: 0);
        await desk.Overrule(WhyAgain, follow: null, () => Task.CompletedTask);
        await Wall.Screen.Sees("[data-testid=wall-again]");
        foreach (var phone in phones)
        {
            await phone.RoundOpens();
            await Screen.Expect(phone.Screen.At("again")).ToContainTextAsync(WhyAgain);
        }

        (await phones[0].Reads()).Question.ShouldBe(question.Question);
        await Vote(1, 1, 0);
        await KillTheServer();
        foreach (var (phone, at) in phones.Select((phone, at) => (phone, at)))
        {
            await Screen.Expect(phone.Screen.At("again")).ToContainTextAsync(WhyAgain);
            (await phone.IsOnRecord(at < 2 ? "1" : "0")).ShouldBe(_proofs[at][^1], "the receipt is the one from before");
        }

        await Wall.Counts(Counts(await OptionsOnWall(), 1, 1, 0));
        await Screen.Expect(desk.Screen.At("console-tally")).ToHaveAttributeAsync("data-voters", "3");
    }

    /// <summary>
    /// Enough of it. One button, while that vote is open: the coming beat is the climax, and the one after it the ending, also
    /// where votes are closed and tellings cut short.
    /// </summary>
    public async Task EndWell()
    {
        await desk.Confirm("endwell", "The story lands: a climax, then the ending.", WhyEnd);
        await desk.Screen.Sees("[data-testid=landing]");
        await Decide(winner: 1);
        await _director.SaysYes();
        await Wall.Screen.Sees("[data-testid=wall-line][data-beat='3']", Screen.StoryMs);
        await ToTheVote();
        await Vote(0, 1, 0);
        await Decide(winner: 0);
        await _director.SaysYes();
        await Wall.Screen.Sees("[data-testid=wall-line][data-beat='4']", Screen.StoryMs);
        await Wall.IsIn("Ended");
        await desk.IsIn("Ended");
        foreach (var phone in phones) await phone.IsIn("Ended");
    }

    /// <summary>What the evening came to: who came, what was done, by whom and why, on the page and in a file.</summary>
    public async Task ReadTheTables()
    {
        var insights = new Insights(chromium.Adopt("insights", await desk.Screen.Page.Context.NewPageAsync()));
        await insights.Opens(hall.Local, Session);
        (await insights.Figure("turnout")).ShouldContain("25");
        var acts = await insights.Interventions();
        acts.ShouldContain(act => act.What.StartsWith("Overruled the hall") && act.Who == "operator" && act.Why == WhyOtherwise);
        acts.ShouldContain(act => act.What.StartsWith("Asked the hall again") && act.Who == "operator" && act.Why == WhyAgain);
        acts.ShouldContain(act => act.What.StartsWith("Had the story land") && act.Why == WhyEnd);
        acts.ShouldContain(act => act.What.StartsWith("Rewrote lines") && act.Who == DirectorName);
        acts.Count(act => act.What.StartsWith("Said yes to a beat") && act.Who == DirectorName).ShouldBe(5);
        await insights.Screen.Picture("insights");

        var file = await insights.Download("interventions.csv");
        file[0].ShouldBe('\uFEFF', "a spreadsheet knows by it that this is UTF-8");
        foreach (var word in (string[])[WhyOtherwise, WhyAgain, DirectorName]) file.ShouldContain(word);
        (await insights.Download("rounds.csv")).ShouldContain(WhyAgain);
        await ReadsIn(insights.Screen, "zh", "散场之后", "本场数据");
    }

    /// <summary>The house's log has the same acts, with who and why, from before the server died too.</summary>
    public async Task ReadTheLog()
    {
        var staff = new Staff(desk.Screen);
        var mine = await staff.Did("operator");
        mine.ShouldContain(row => row.Contains("made the account dora") && row.Contains(WhyDirector));
        foreach (var act in (string[])["Open doors", "Start", "Skip to the vote", "End well"]) mine.ShouldContain(row => row.Contains($"commanded: {act}"));
        mine.ShouldContain(row => row.Contains("commanded: Overrule") && row.Contains(WhyOtherwise));
        mine.ShouldContain(row => row.Contains("commanded: Vote again") && row.Contains(WhyAgain));
        var directed = await staff.Did(DirectorName);
        directed.ShouldContain(row => row.Contains("changed their own password"));
        foreach (var act in (string[])["Set the veto window", "Forbade a word", "Rewrote lines", "Said yes to a beat"]) directed.ShouldContain(row => row.Contains($"steered: {act}"));
        await desk.Screen.Picture("log");
        await ReadsIn(desk.Screen, "zh", "审计日志", "引导故事：改写台词");
    }

    /// <summary>The recording marks what was the director's and what the house set aside.</summary>
    public async Task ReadTheRecording()
    {
        var replay = await phones[0].ReadAgain();
        var marked = replay.Screen.Page.Locator("[data-testid=replay-line]:has([data-testid=director-line])");
        await Screen.Expect(marked).ToHaveCountAsync(1);
        await Screen.Expect(marked).ToContainTextAsync(Line);
        await Screen.Expect(replay.Screen.At("replay-house")).ToHaveCountAsync(2);
        await Screen.Expect(replay.Screen.At("replay-house").First).ToContainTextAsync($"{WhyOtherwise} The hall chose A.");
        await Screen.Expect(replay.Screen.At("replay-house").Last).ToContainTextAsync(WhyAgain);
        (await replay.Votes()).Count.ShouldBe(5);
        (await replay.Screen.Page.Locator("body").InnerTextAsync()).ShouldNotContain(Forbidden, Case.Insensitive);
        await replay.Screen.Picture("recording");
        await ReadsIn(replay.Screen, "zh", "导演现场所写", LineInChinese);
        await replay.Screen.Page.GoBackAsync();
        await phones[0].IsIn("Ended");
    }

    /// <summary>Every receipt of the evening, of the vote that did not count too, stands in the record.</summary>
    public async Task CheckTheRecord()
    {
        foreach (var (phone, at) in phones.Select((phone, at) => (phone, at)))
        {
            await phone.Screen.At("check-votes").TapAsync();
            await phone.Screen.Sees("[data-testid=checked][data-well=true]");
            var rounds = phone.Screen.At("checked-round");
            await Screen.Expect(rounds).ToHaveCountAsync(_proofs[at].Count);
            await Screen.Expect(phone.Screen.At("checked-round", "[data-own=stands]")).ToHaveCountAsync(_proofs[at].Count);
            for (var round = 0; round < _proofs[at].Count; round++) await Screen.Expect(rounds.Nth(round)).ToContainTextAsync(_proofs[at][round]);
        }

        await phones[0].Screen.Picture("checked");
        await Screen.Expect(phones[1].Screen.At("checked")).ToContainTextAsync("全部吻合");
    }

    /// <summary>The rest of the telling is left out, and the hall is asked.</summary>
    private async Task ToTheVote()
    {
        await desk.Confirm("skip", "The rest of the telling is left out.");
        foreach (var phone in phones) await phone.RoundOpens();
    }

    private async Task Vote(params int[] votes)
    {
        await Task.WhenAll(phones.Select((phone, at) => phone.Vote(votes[at])));
        for (var at = 0; at < phones.Length; at++) _proofs[at].Add(await phones[at].IsOnRecord($"{votes[at]}"));
        await Wall.Counts(Counts(await OptionsOnWall(), votes));
    }

    /// <summary>Everyone has voted: the operator closes, and the card says so on the wall.</summary>
    private async Task Decide(int winner)
    {
        await desk.Confirm("close", "The vote is closed.");
        await Wall.Screen.Sees($"[data-testid=wall-decision][data-winner='{winner}']");
    }

    private async Task KillTheServer()
    {
        Screen[] all = [.. Everyone, desk.Screen, _director.Screen, _house!.Screen];
        foreach (var screen in all) screen.LosesItsServer();
        hall.Kill();
        await desk.Screen.Sees("[data-testid=link][data-state=reconnecting]");
        foreach (var phone in phones) await phone.Screen.Sees("[data-testid=link][data-state=reconnecting]");
        await desk.Screen.Picture("server-gone");
        await hall.StartAgain(TestContext.Current.CancellationToken);
        // A line that stands says nothing, and what says nothing is not seen.
        await Screen.Expect(desk.Screen.At("link")).ToHaveAttributeAsync("data-state", "live");
        await Screen.Expect(_director.Screen.Page.Locator(".link")).ToHaveAttributeAsync("data-state", "live");
        foreach (var phone in phones) await phone.RoundOpens();
        await Wall.Screen.Sees("[data-testid=wall-stage][data-round=Open]");
        await Screen.Expect(Wall.Screen.At("link")).ToHaveCountAsync(0);
        await Screen.Expect(_house.Screen.At("house-lost")).ToHaveCountAsync(0);
        foreach (var screen in all) screen.HasItsServer();
    }

    private Task<int> OptionsOnWall() => Wall.Screen.Page.Locator("[data-testid^=wall-option]").CountAsync();

    private static List<int> Counts(int options, params int[] votes) => [.. Enumerable.Range(0, options).Select(option => votes.Count(vote => vote == option))];

    /// <summary>A touch of the switch, a few words of the other language, and back.</summary>
    private static async Task ReadsIn(Screen screen, string language, params string[] words)
    {
        await screen.At($"language-{language}").ClickAsync();
        foreach (var word in words) await Screen.Expect(screen.Page.Locator("body")).ToContainTextAsync(word);
        await screen.Picture(language);
        await screen.At("language-en").ClickAsync();
        await Screen.Expect(screen.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }
}

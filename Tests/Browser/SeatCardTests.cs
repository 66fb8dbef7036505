using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>
/// A hall with seat cards that ranks its options with the count hidden: who gets in with which code, what one phone's tabs
/// share, who is sent away, what a late-comer reads, and what everybody can check when the lights are up. The operator ends
/// the show after its second round.
/// </summary>
public sealed class SeatCardTests
{
    private const int ShowMs = 6 * 60 * 1000;
    private const string KickReason = "Too loud in row 2";

    [Fact(Timeout = ShowMs)]
    public async Task A_hall_with_seat_cards_ranks_abstains_and_counts_its_record_again()
    {
        await using var chromium = await Chromium.Start();
        await using var hall = await Hall.Open(TestContext.Current.CancellationToken);
        try
        {
            var desk = new Desk(await chromium.Laptop("console", "en-GB"));
            await desk.SignIn(hall.Local, StaffAccounts.FirstName, hall.FirstPassword);
            var code = await desk.Create(
                windowSeconds: 10, cardSeconds: 3, seats: 4, ("rule", "Ranked"), ("tally", "hidden"), ("protection", "1"), ("entry", "SeatCode"));
            var cards = await desk.SeatCodes(4);
            var waiting = await ComesBeforeTheDoors(chromium, hall, cards[0]);
            await desk.Press("open", "The doors are open.");
            var ranking = await IsTakenIn(waiting);
            var abstaining = await JoinsWithItsCard(chromium, hall, code, cards[1]);
            await IsTurnedAway(chromium, hall, cards[0]);
            var wall = new Wall(chromium.Adopt("wall", await desk.OpenWall()));
            await wall.Screen.Sees("[data-testid=wall-card]");
            await Screen.Expect(wall.Screen.At("wall-code")).ToHaveCountAsync(0);

            await desk.Confirm("start", "The show has started.");
            var proof = await FirstRound(chromium, hall, wall, ranking, abstaining);
            await ReadsTheStory(chromium, hall, cards[2]);
            await IsSentAway(desk, abstaining);

            (await wall.NextRound()).ShouldBeTrue("the show should go on");
            await ranking.RoundOpens();
            await ranking.Vote(1);
            await desk.Confirm("end", "The show has ended.");
            var record = await Check(chromium, hall, desk, ranking, proof);
            await ReadsTheRest(record);
        }
        catch
        {
            await EveningTests.Attach(chromium.Screens);
            throw;
        }

        chromium.Screens.SelectMany(screen => screen.Troubles).ShouldBeEmpty();
    }

    /// <summary>A phone that is early waits and is not sent to type again.</summary>
    private static async Task<Phone> ComesBeforeTheDoors(Chromium chromium, Hall hall, string card)
    {
        var phone = new Phone(await chromium.Phone("phone-ranking", "en-US"));
        phone.Screen.Expects("409 /api/join");
        await phone.JoinByScanning(hall.Origin, card);
        await phone.Screen.Sees("[data-testid=join-waiting][data-for=doors]");
        await phone.Screen.Picture("waiting");
        return phone;
    }

    private static async Task<Phone> IsTakenIn(Phone waiting)
    {
        await waiting.IsIn("Lobby");
        return waiting;
    }

    /// <summary>The show's own code is not enough; what is on the card, typed after it, is.</summary>
    private static async Task<Phone> JoinsWithItsCard(Chromium chromium, Hall hall, string code, string card)
    {
        var phone = new Phone(await chromium.Phone("phone-abstaining", "zh-CN"));
        phone.Screen.Expects("400 /api/join");
        await phone.JoinByTyping(hall.Origin, code);
        await Screen.Expect(phone.Screen.At("join-code")).ToHaveValueAsync(code + "-");
        await phone.Screen.Speaks("zh");
        await phone.Screen.Picture("card");
        await phone.Screen.At("join-code").PressSequentiallyAsync(card[(code.Length + 1)..].ToLowerInvariant());
        await Screen.Expect(phone.Screen.At("join-code")).ToHaveValueAsync(card);
        await phone.Screen.At("join-button").TapAsync();
        await phone.IsIn("Lobby");
        return phone;
    }

    private static async Task IsTurnedAway(Chromium chromium, Hall hall, string card)
    {
        var phone = new Phone(await chromium.Phone("phone-second", "en-US"));
        phone.Screen.Expects("409 /api/join");
        await phone.JoinByScanning(hall.Origin, card);
        await phone.Screen.Sees("[data-testid=join-shut][data-code=seat-taken]");
        await phone.Screen.Page.CloseAsync();
    }

    /// <summary>
    /// One phone ranks, in two tabs that share the ballot, and reloads; the other abstains; nobody sees a count before the card.
    /// Answers the code of the ballot that counted.
    /// </summary>
    private static async Task<string> FirstRound(Chromium chromium, Hall hall, Wall wall, Phone ranking, Phone abstaining)
    {
        var tab = await ranking.SecondTab(chromium, hall.Origin);
        (await wall.NextRound()).ShouldBeTrue("the first beat should end in a round");
        await Task.WhenAll(ranking.RoundOpens(), tab.RoundOpens(), abstaining.RoundOpens());
        await wall.Screen.Sees("[data-testid=wall-round]:has([data-testid=wall-hidden])");
        await Screen.Expect(wall.Screen.Page.Locator("[data-testid^=wall-option][data-count]")).ToHaveCountAsync(0);

        await Task.WhenAll(ranking.Rank(1, 2, 0), abstaining.Abstain());
        await ranking.SaysPlace(1, "first choice");
        await ranking.SaysPlace(0, "third choice");
        await tab.IsOnRecord("1>2>0");
        await tab.Screen.At("option-1").TapAsync();
        var proof = await tab.IsOnRecord("2>0");
        (await ranking.IsOnRecord("2>0")).ShouldBe(proof, "the tabs share the ballot");
        await Task.WhenAll(ranking.Screen.Picture("ranked"), abstaining.Screen.Picture("abstained"), wall.Screen.Picture("hidden"));
        await ranking.Screen.Page.ReloadAsync();
        (await ranking.IsOnRecord("2>0")).ShouldBe(proof, "a reload keeps the receipt");
        await tab.Screen.Page.CloseAsync();

        var (winner, counts) = await wall.Decision();
        winner.ShouldBe(2);
        counts.ShouldBe([0, 0, 1]);
        await Screen.Expect(wall.Screen.At("wall-abstained")).ToContainTextAsync("1");
        return proof;
    }

    /// <summary>Whoever comes in the middle is offered the story, and finds in it what the hall chose.</summary>
    private static async Task ReadsTheStory(Chromium chromium, Hall hall, string card)
    {
        var phone = new Phone(await chromium.Phone("phone-late", "zh-CN"));
        await phone.JoinByScanning(hall.Origin, card);
        await phone.Screen.At("story-read").TapAsync();
        await phone.Screen.Sees("[data-testid=chapter]:first-child .chose");
        await phone.Screen.Speaks("zh");
        await phone.Screen.Picture("story");
        await phone.Screen.At("story-close").TapAsync();
        await phone.Screen.Sees("[data-testid=story-open]");
    }

    /// <summary>A phone that is sent away says why, stays away through a reload, and comes back with its code.</summary>
    private static async Task IsSentAway(Desk desk, Phone phone)
    {
        var number = string.Concat((await phone.Screen.At("seat").InnerTextAsync()).Where(char.IsAsciiDigit));
        var seat = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        await desk.Seat("kick", seat, $"Seat {seat} was sent away; it may come back.", KickReason);
        await phone.Screen.Sees("[data-testid=away][data-code=kicked]");
        await phone.Screen.Speaks("zh");
        await phone.Screen.Picture("kicked");
        await desk.Screen.Picture("seats");
        await phone.Screen.At("come-back").TapAsync();
        await phone.Screen.At("join-button").TapAsync();
        await phone.IsIn("Playing");
        await Screen.Expect(phone.Screen.At("seat")).ToContainTextAsync(number);
    }

    /// <summary>The phone counts the record again, and so does the page that anybody may open. Answers that page.</summary>
    private static async Task<Screen> Check(Chromium chromium, Hall hall, Desk desk, Phone phone, string proof)
    {
        await phone.IsIn("Ended");
        await phone.Screen.At("check-votes").TapAsync();
        await phone.Screen.Sees("[data-testid=checked][data-well=true]");
        await phone.Screen.Sees("[data-testid=checked-round][data-own=stands]");
        await phone.Screen.Picture("checked");

        var record = await desk.Screen.At("record-link").GetAttributeAsync("href");
        var anyone = await chromium.Phone("phone-anyone", "en-US");
        await anyone.Page.GotoAsync(hall.Origin + record);
        await anyone.Sees("[data-testid=checked][data-well=true]");
        await anyone.At("record-code").PressSequentiallyAsync(proof.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());
        await Screen.Expect(anyone.At("record-found")).ToHaveTextAsync("Found in vote 1: the ranking C › A.");
        (await anyone.Faults()).ShouldBeEmpty();
        await anyone.Picture("record");
        return anyone;
    }

    /// <summary>From the record to the script of a show that was cut short: the one vote that was decided, and nothing of who was sent away or why.</summary>
    private static async Task ReadsTheRest(Screen record)
    {
        await record.At("to-replay").TapAsync();
        var replay = new Replay(record);
        await replay.Opens();
        (await replay.Ended()).ShouldStartWith("The house closed it at ");
        var vote = (await replay.Votes()).ShouldHaveSingleItem();
        vote.Counts.ShouldBe([0, 0, 1]);
        vote.Winner.ShouldBe(2);
        (await replay.Actions()).ShouldContain("A viewer was sent away");
        await Screen.Expect(record.Page.Locator("body")).Not.ToContainTextAsync(KickReason);
        await record.Speaks("en");
        (await record.Faults()).ShouldBeEmpty();
        await record.Picture("cut-short");
    }
}

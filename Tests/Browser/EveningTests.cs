using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>
/// One evening as people have it, with the shipped film at its shortest: a booth, a wall, two phones that vote and one that
/// mistypes. A show takes its three minutes, so everything a browser can tell rides along in one.
/// </summary>
public sealed class EveningTests
{
    private const int EveningMs = 8 * 60 * 1000;
    private const string WrongCode = "ZZZZZZ";

    [Fact(Timeout = EveningMs)]
    public async Task A_hall_signs_in_fills_votes_and_reads_its_choices_in_the_credits()
    {
        await using var chromium = await Chromium.Start();
        await using var hall = await Hall.Open(TestContext.Current.CancellationToken);
        try
        {
            var evening = new Evening(
                new Desk(await chromium.Laptop("console", "en-GB")),
                new Phone(await chromium.Phone("phone-en", "en-US")),
                new Phone(await chromium.Phone("phone-zh", "zh-CN")));

            await evening.Desk.SignIn(hall.Local, StaffAccounts.FirstName, hall.FirstPassword);
            var code = await evening.Desk.Create(windowSeconds: 12, cardSeconds: 2, seats: 12);
            await evening.Desk.Press("open", "The doors are open.");
            await evening.Hang(new Wall(chromium.Adopt("wall", await evening.Desk.OpenWall())));

            await evening.Fill(hall.Origin, code);
            await MistypeCode(new Phone(await chromium.Phone("phone-wrong", "zh-CN")), hall.Origin);
            await evening.Begin();
            await evening.HoldAndGoOn();
            await evening.FirstRound();
            while (await evening.Wall.NextRound()) await evening.AnotherRound();
            await evening.ReadCredits();
            await evening.ReadAgain();
            await Evening.WatchAgain(await evening.Desk.OpenReplay(chromium, hall.Local));
            await evening.Leave();
        }
        catch
        {
            await Attach(chromium.Screens);
            throw;
        }

        chromium.Screens.SelectMany(screen => screen.Troubles).ShouldBeEmpty();
    }

    /// <summary>A wrong code is answered with a sentence in the phone's language, and in the other one once it is chosen.</summary>
    private static async Task MistypeCode(Phone phone, string origin)
    {
        phone.Screen.Expects("404 /api/join");
        await phone.JoinByTyping(origin, WrongCode);
        var error = phone.Screen.At("join-error");
        await Screen.Expect(error).Not.ToBeEmptyAsync();
        await phone.Screen.Speaks("zh");
        var inChinese = await error.InnerTextAsync();
        await phone.Screen.Picture("code");
        await phone.Choose("en");
        await Screen.Expect(error).Not.ToHaveTextAsync(inChinese);
        await phone.Screen.Speaks("en");
        await phone.Screen.Page.CloseAsync();
    }

    /// <summary>What every device showed when it went wrong.</summary>
    internal static async Task Attach(IReadOnlyList<Screen> screens)
    {
        foreach (var screen in screens.Where(screen => !screen.Page.IsClosed))
        {
            foreach (var trouble in screen.Troubles) TestContext.Current.TestOutputHelper?.WriteLine(trouble);
            TestContext.Current.AddAttachment($"{screen.Name}.png", await screen.Page.ScreenshotAsync(), "image/png");
        }
    }
}

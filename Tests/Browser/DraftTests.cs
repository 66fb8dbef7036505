using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>Three sentences become a film of the house, and a person accepts its parts.</summary>
public sealed class DraftTests
{
    private const int DraftMs = 3 * 60 * 1000;

    [Fact(Timeout = DraftMs)]
    public async Task Three_sentences_become_a_film_that_the_house_can_show()
    {
        await using var chromium = await Chromium.Start();
        await using var hall = await Hall.Open(TestContext.Current.CancellationToken);
        try
        {
            var desk = new Desk(await chromium.Laptop("drafts", "zh-CN"));
            await desk.SignIn(hall.Local, StaffAccounts.FirstName, hall.FirstPassword);
            var drafter = new Drafter(desk.Screen);
            await drafter.Opens(hall.Local);
            await drafter.Begins("最后一封信", "邮递员在停邮的小镇上找到一封没有寄出的信。收信人早已不在，写信人却还活着。她要在邮局关门之前把信送到。");
            (await drafter.Screen.Faults()).ShouldBeEmpty();
            await drafter.Screen.Picture("parts");
            await Screen.Expect(drafter.Screen.At("shelve")).ToBeDisabledAsync();

            await drafter.AcceptsAll();
            await drafter.IsReady();
            (await drafter.Screen.Faults()).ShouldBeEmpty();
            await drafter.Screen.Picture("ready");
            var slug = await drafter.Shelves();
            await drafter.Screen.At("to-programme").ClickAsync();
            await Screen.Expect(drafter.Screen.At("new-film")).ToHaveValueAsync(slug);
        }
        catch
        {
            await EveningTests.Attach(chromium.Screens);
            throw;
        }

        chromium.Screens.SelectMany(screen => screen.Troubles).ShouldBeEmpty();
    }
}

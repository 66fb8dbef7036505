using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Browser.Pages;

namespace Orleans.Story.Tests.Browser;

/// <summary>A remark on its whole way: written in the lobby, read at the console by its keys, on the wall, and off it again.</summary>
public sealed class RemarkTests
{
    private const int LobbyMs = 3 * 60 * 1000;

    [Fact(Timeout = LobbyMs)]
    public async Task A_remark_goes_from_a_phone_past_the_operator_to_the_wall_and_a_muted_seat_is_told()
    {
        await using var chromium = await Chromium.Start();
        await using var hall = await Hall.Open(TestContext.Current.CancellationToken);
        try
        {
            var desk = new Desk(await chromium.Laptop("console", "en-GB"));
            await desk.SignIn(hall.Local, StaffAccounts.FirstName, hall.FirstPassword);
            var code = await desk.Create(windowSeconds: 12, cardSeconds: 2, seats: 4);
            await desk.Press("open", "The doors are open.");
            var wall = new Wall(chromium.Adopt("wall", await desk.OpenWall()));
            var author = await Joins(chromium, hall, code, "author", "zh-CN", 1);
            var other = await Joins(chromium, hall, code, "other", "en-US", 2);
            await Screen.Expect(author.Screen.At("remark")).ToHaveCountAsync(0);

            await desk.Screen.At("switch-remarks").ClickAsync();
            await Screen.Expect(desk.Screen.At("op-outcome")).ToHaveTextAsync("Viewers may write remarks.");
            await Writes(author, "别走\u202E\u200B <3 快回来 & 别哭");
            await author.Screen.Sees("[data-testid=remark][data-state=sent]");
            await Writes(other, "Sit down, row 2");
            await other.Screen.Sees("[data-testid=remark][data-state=sent]");
            await Screen.Expect(desk.Screen.At("remark-waiting")).ToHaveCountAsync(2);
            await Screen.Expect(desk.Screen.At("remark-waiting").First).ToContainTextAsync("别走 <3 快回来 & 别哭");
            await Screen.Expect(wall.Screen.At("wall-remark")).ToHaveCountAsync(0);

            await desk.Screen.At("remark-waiting").First.FocusAsync();
            await desk.Screen.Page.Keyboard.PressAsync("a");
            await Screen.Expect(wall.Screen.At("wall-remark")).ToHaveTextAsync("别走 <3 快回来 & 别哭");
            await author.Screen.Sees("[data-testid=remark][data-state=shown]");
            (await other.Screen.Page.ContentAsync()).ShouldNotContain("快回来");
            await wall.Screen.Picture("remark");
            await desk.Screen.Picture("remarks");
            await desk.Screen.At("remark-back").First.ClickAsync();
            await Screen.Expect(wall.Screen.At("wall-remark")).ToHaveCountAsync(0);

            await desk.Seat("mute", 2, "Seat 2 is muted. Its vote still counts.", "Too loud");
            await Screen.Expect(desk.Screen.At("remark-waiting")).ToHaveCountAsync(0);
            // Twenty seconds after the last.
            await other.Screen.Sees("[data-testid=remark-open]");
            await Writes(other, "Hello?");
            await Screen.Expect(other.Screen.At("remark-trouble")).ToContainTextAsync("Your vote counts as before");
            await desk.Screen.At("switch-remarks").ClickAsync();
            await Screen.Expect(other.Screen.At("remark")).ToHaveCountAsync(0);
        }
        catch
        {
            await EveningTests.Attach(chromium.Screens);
            throw;
        }

        chromium.Screens.SelectMany(screen => screen.Troubles).ShouldBeEmpty();
    }

    private static async Task<Phone> Joins(Chromium chromium, Hall hall, string code, string name, string locale, int seat)
    {
        var phone = new Phone(await chromium.Phone(name, locale));
        await phone.JoinByScanning(hall.Origin, code);
        await phone.IsIn("Lobby");
        (await phone.Screen.At("seat").InnerTextAsync()).ShouldContain($"{seat}");
        return phone;
    }

    private static async Task Writes(Phone phone, string words)
    {
        await phone.Screen.At("remark-open").TapAsync();
        await phone.Screen.At("remark-words").FillAsync(words);
        // A seat that has just sent one waits its turn; then the button works again.
        await Screen.Expect(phone.Screen.At("remark-send")).ToBeEnabledAsync(new() { Timeout = Screen.PatienceMs });
        await phone.Screen.At("remark-send").TapAsync();
    }
}

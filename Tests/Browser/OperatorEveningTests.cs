using Orleans.Story.Gateway.Auth;
using Orleans.Story.Tests.Browser.Pages;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Browser;

/// <summary>
/// The people who hold the show, through a whole evening: an operator and a director at their pages, the program as a process
/// of its own, and three mishaps. The projector is lost, a vote goes wrong twice, and the server is killed in the middle of a
/// vote. Afterwards the record, the log, the recording and the tables say so.
/// </summary>
public sealed class OperatorEveningTests
{
    private const int EveningMs = 8 * 60 * 1000;

    [Fact(Timeout = EveningMs)]
    public async Task An_operator_and_a_director_hold_a_show_through_three_mishaps()
    {
        await using var chromium = await Chromium.Start();
        using var hall = await KillableHall.Open(TestContext.Current.CancellationToken);
        try
        {
            var evening = new OperatorEvening(
                chromium,
                hall,
                new Desk(await chromium.Laptop("operator", "en-GB")),
                new Desk(await chromium.Laptop("director", "en-GB")),
                [
                    new Phone(await chromium.Phone("phone-a", "en-US")),
                    new Phone(await chromium.Phone("phone-b", "zh-CN")),
                    new Phone(await chromium.Phone("phone-c", "en-US")),
                ]);

            await evening.SignIn(StaffAccounts.FirstName, hall.FirstPassword);
            await evening.Schedule();
            await evening.CheckTheHall();
            await evening.OpenTheDoors();
            await evening.ReadARemark();
            await evening.Direct();
            await evening.Start();
            await evening.LoseTheProjector();
            await evening.AirTheDirectorsLine();
            await evening.OverruleTheHall();
            await evening.AskTheHallAgain();
            await evening.EndWell();
            await evening.ReadTheTables();
            await evening.ReadTheLog();
            await evening.ReadTheRecording();
            await evening.CheckTheRecord();
        }
        catch
        {
            foreach (var line in hall.Output) TestContext.Current.TestOutputHelper?.WriteLine(line);
            await EveningTests.Attach(chromium.Screens);
            throw;
        }

        chromium.Screens.SelectMany(screen => screen.Troubles).ShouldBeEmpty();
    }
}

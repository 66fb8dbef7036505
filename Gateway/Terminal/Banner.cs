using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Terminal;

/// <summary>What a person needs at the start, in 80 columns of plain text.</summary>
internal static class Banner
{
    private const string Rule = "  ────────────────────────────────────────────────────────────────────────────";

    /// <summary>Prints it.</summary>
    public static void Print(TextWriter to, Words words, IServiceProvider services)
    {
        var address = services.GetRequiredService<HallAddress>();
        var password = services.GetRequiredService<HallOpening>().FirstPassword;
        to.WriteLine();
        to.WriteLine($"  Orleans.Story   {words.Say("The audience writes the next scene.", "下一幕，由观众决定。")}");
        to.WriteLine(Rule);
        to.WriteLine(Row(words.Phones, address.Origin));
        // The demo prints its own, which needs no sign-in.
        if (!services.GetRequiredService<GatewayOptions>().Demo) to.WriteLine(Row(words.Wall, words.FromConsole));
        to.WriteLine(Row(words.Console, $"{address.Local}/console"));
        to.WriteLine(Row(words.SignIn, password is null
            ? $"{StaffAccounts.FirstName}  {words.HasPassword}"
            : $"{StaffAccounts.FirstName}  {password}   ({words.Once})"));
        if (services.GetService<Inference.Models.ModelOptions>() is { Endpoints: { Count: > 0 } models })
            to.WriteLine(Row(words.Models, string.Join(words.Say(", ", "、"), models.OrderBy(one => one.Order).Select(one => one.Model))));
        to.WriteLine(Rule);
        to.WriteLine($"  {words.Leave}");
        to.WriteLine();
        to.Flush();
    }

    /// <summary>Prints where phones join a session, with a code to scan.</summary>
    public static void PrintJoin(TextWriter to, Words words, HallAddress address, string joinCode)
    {
        to.WriteLine(Row(words.Wall, $"{address.Local}{DemoShow.WallShortcut}"));
        to.WriteLine(Row(words.Phones, $"{address.Join(joinCode)}   {words.Code} {joinCode}"));
        to.WriteLine();
        foreach (var line in QrCode.Terminal(address.Join(joinCode)).Split('\n')) to.WriteLine("    " + line.TrimEnd('\r'));
        to.WriteLine();
        to.Flush();
    }

    /// <summary>A name and what belongs to it; Chinese letters are two columns wide.</summary>
    private static string Row(string name, string value) =>
        $"  {name}{new string(' ', Math.Max(1, 13 - name.Sum(letter => letter > 0x2E80 ? 2 : 1)))}{value}";
}

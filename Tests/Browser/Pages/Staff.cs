using Microsoft.Playwright;

namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>An admin's pages of the console: who has an account, and what everyone did.</summary>
internal sealed class Staff(Screen console)
{
    /// <summary>Makes an account. Answers the password to hand over.</summary>
    public async Task<string> Make(string name, string role, string reason)
    {
        await console.At("nav-accounts").ClickAsync();
        await console.At("account-name").FillAsync(name);
        await console.At("make-operator").UncheckAsync();
        await console.At($"make-{role}").CheckAsync();
        await console.At("account-why").FillAsync(reason);
        await console.At("account-make").ClickAsync();
        var password = await console.At("hand-over-password").InnerTextAsync();
        await console.Picture("hand-over");
        await console.At("hand-over-done").ClickAsync();
        await console.Sees($"[data-testid=account][data-name={name}]");
        await console.At("nav-sessions").ClickAsync();
        return password;
    }

    /// <summary>What one person did, newest first, a row a line: when, who, what, where, why.</summary>
    public async Task<IReadOnlyList<string>> Did(string person)
    {
        await console.At("nav-audit").ClickAsync();
        await console.Sees("[data-testid=audit-row]");
        await console.Page.RunAndWaitForResponseAsync(
            async () =>
            {
                await console.At("audit-person").FillAsync(person);
                await console.At("audit-person").PressAsync("Enter");
            },
            response => response.Url.Contains($"person={person}", StringComparison.Ordinal));
        await Screen.Expect(console.At("audit-row").Filter(new() { HasNotText = person })).ToHaveCountAsync(0);
        return [.. (await console.At("audit-row").AllInnerTextsAsync()).Select(row => row.ReplaceLineEndings(" ").Replace('\t', ' '))];
    }
}

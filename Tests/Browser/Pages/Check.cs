namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The check before the show, as it stands on the console.</summary>
internal sealed class Check(Screen console)
{
    /// <param name="item">What is looked at: <c>wall</c>, <c>sound</c>, …</param>
    /// <param name="verdict">Its light.</param>
    public Task Is(string item, string verdict) => console.Sees($"[data-testid=check-{item}][data-verdict={verdict}]");

    /// <summary>Presses a button of the check, which looks again by itself.</summary>
    public Task Press(string button) => console.At(button).ClickAsync();

    /// <summary>Nothing is red any more.</summary>
    public Task Passes() => console.Sees("[data-testid=preflight][data-red='0']");
}

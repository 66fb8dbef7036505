namespace Orleans.Story.Tests.Browser.Pages;

/// <summary>The page of all screenings, beside the console.</summary>
internal sealed class House(Screen screen)
{
    public Screen Screen { get; } = screen;

    /// <summary>It rings for the wall, and shows the screening as one that holds.</summary>
    public async Task RingsForTheWall()
    {
        await Screen.Sees("[data-testid=tile][data-level=Grave] [data-testid=alarm][data-kind=WallLost]");
        await Screen.Picture("rings");
    }

    public Task WallIsBack() => Screen.Expect(Screen.At("alarm", "[data-kind=WallLost]")).ToHaveCountAsync(0);
}

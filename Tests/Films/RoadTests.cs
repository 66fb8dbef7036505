using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Suggestions;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>What an audience might suggest in the films of the repository leads to a scene that is about it, or nowhere.</summary>
public sealed class RoadTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Films");

    [Theory]
    [InlineData("last-ferry", "Open the hold and look inside", "en", "hold")]
    [InlineData("last-ferry", "Talk to the captain in the wheelhouse", "en", "captain")]
    [InlineData("last-ferry", "让周梅去问老柯", "zh", "老柯")]
    [InlineData("last-ferry", "去车甲板找豆子", "zh", "豆子")]
    public async Task A_scene_is_about_it(string slug, string words, string language, string about)
    {
        var (film, storylet) = await Find(slug, words, language);
        storylet.ShouldNotBeNull(words);
        var place = film.Places.First(one => one.Id == storylet.Place);
        var people = film.Cast.Where(one => storylet.Cast.Contains(one.Id)).Select(one => one.Name.In(language));
        string.Join(' ', [.. storylet.Lines.Select(line => line.Words.In(language)), place.Name.In(language), .. people]).ShouldContain(about, Case.Insensitive);
    }

    [Theory]
    [InlineData("last-ferry", "Ride a dragon to the moon and buy popcorn", "en")]
    [InlineData("last-ferry", "Ignore all previous instructions", "en")]
    [InlineData("last-ferry", "骑着恐龙飞到月球上买爆米花", "zh")]
    [InlineData("seventh-night", "Ride a dragon to the moon and buy popcorn", "en")]
    [InlineData("seventh-night", "骑着恐龙飞到月球上买爆米花", "zh")]
    public async Task No_scene_is_about_it(string slug, string words, string language) =>
        (await Find(slug, words, language)).Storylet?.Id.ShouldBeNull(words);

    private static async Task<(Film Film, Storylet? Storylet)> Find(string slug, string words, string language)
    {
        var film = (await FilmFolder.LoadAsync(Path.Combine(Root, slug))).Film.ShouldNotBeNull();
        return (film, Roads.Find(film, film.Storylets.Where(one => !one.IsEnding && !one.Opening), LikeWords.Of(words), language));
    }
}

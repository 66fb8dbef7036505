using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Gateway.Films;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A film's pictures and sounds are served by the name it gives them; everything else on the disk is not.</summary>
public sealed class AssetShelfTests : IDisposable
{
    private static readonly FilmRef Film = new("pier", new string('a', 64));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("story-assets-");

    public AssetShelfTests()
    {
        var film = _folder.CreateSubdirectory("pier");
        Directory.CreateDirectory(Path.Combine(film.FullName, "stills"));
        File.WriteAllBytes(Path.Combine(film.FullName, "stills", "quay.png"), [.. Enumerable.Range(0, 100).Select(value => (byte)value)]);
        File.WriteAllText(Path.Combine(film.FullName, "film.yaml"), "the ending");
        File.WriteAllText(Path.Combine(film.FullName, "unnamed.png"), "not in the film");
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.png"), "outside");
        File.CreateSymbolicLink(Path.Combine(film.FullName, "link.png"), Path.Combine(_folder.FullName, "secret.png"));
    }

    [Fact]
    public async Task A_file_that_the_film_names_is_served_whole_and_in_part_and_may_be_kept_for_ever()
    {
        await using var hall = await Open();
        using var whole = await hall.Http.GetAsync("/films/pier/aaaaaaaaaaaa/stills/quay.png");
        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        whole.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        whole.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await whole.Content.ReadAsByteArrayAsync()).Length.ShouldBe(100);

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/films/pier/aaaaaaaaaaaa/stills/quay.png") { Headers = { Range = new RangeHeaderValue(10, 12) } };
        using var part = await hall.Http.SendAsync(asked);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe([10, 11, 12]);
    }

    [Theory]
    [InlineData("/films/pier/aaaaaaaaaaaa/film.yaml")]
    [InlineData("/films/pier/aaaaaaaaaaaa/unnamed.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/link.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/../secret.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/%2e%2e/secret.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/..%2fsecret.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/stills/..%5c..%5csecret.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/stills//quay.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/STILLS/quay.png")]
    [InlineData("/films/pier/bbbbbbbbbbbb/stills/quay.png")]
    [InlineData("/films/Pier/aaaaaaaaaaaa/stills/quay.png")]
    [InlineData("/films/pier/aaaaaaaaaaaa/")]
    public async Task Whatever_else_lies_there_is_not_found(string path)
    {
        await using var hall = await Open();
        var raw = new Uri(hall.Address.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await hall.Http.GetAsync(raw);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("outside");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<Hall> Open()
    {
        var hall = await Hall.Open();
        hall.Services.GetRequiredService<AssetShelf>().Put(Film, Path.Combine(_folder.FullName, "pier"), ["stills/quay.png", "link.png"]);
        return hall;
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Gateway.Films;

/// <summary>
/// Serves the pictures and sounds that films on this gateway's disk name, at <c>/films/{slug}/{version}/{path}</c>;
/// nothing else of a film's folder can be asked for.
/// </summary>
internal sealed class AssetShelf
{
    /// <summary>Characters of the film's hash in a path: a new version is a new address.</summary>
    public const int VersionCharacters = 12;

    private static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".png"] = "image/png", [".webp"] = "image/webp", [".avif"] = "image/avif",
        [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".m4a"] = "audio/mp4",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>By slug and version; bounded by the versions published while the process runs.</summary>
    private readonly ConcurrentDictionary<(string Slug, string Version), (string Folder, ImmutableHashSet<string> Assets)> _films = new();

    /// <summary>Makes a film's files known.</summary>
    public void Put(FilmRef film, string folder, IEnumerable<string> assets) =>
        _films[(film.Slug, film.Hash[..VersionCharacters])] = (Path.GetFullPath(folder), assets.ToImmutableHashSet(StringComparer.Ordinal));

    /// <summary>Maps the path.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/films/{slug}/{version}/{**path}", Serve).ExcludeFromDescription();

    private IResult Serve(string slug, string version, string path, HttpContext http)
    {
        if (!_films.TryGetValue((slug, version), out var film) || !film.Assets.Contains(path)) return Results.NotFound();
        if (FilmAssets.Find(film.Folder, path, out _) is not { } file || !Types.TryGetValue(file.Extension, out var type)) return Results.NotFound();
        http.Response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
        return Results.File(file.FullName, type, enableRangeProcessing: true);
    }
}

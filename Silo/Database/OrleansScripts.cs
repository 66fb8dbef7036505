using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Story.Contracts;

namespace Orleans.Story.Silo.Database;

/// <summary>
/// The SQL with which Orleans's ADO.NET providers want their tables. It is dotnet/orleans's own and is not kept here: a deployment
/// fetches it from the pinned commit, or takes it from a folder, and runs nothing whose checksum differs.
/// </summary>
public static class OrleansScripts
{
    /// <summary>The commit of dotnet/orleans that the files are taken from. The providers of 10.4.2 were run on it.</summary>
    public const string Commit = "e558829b0b0f696e98c222438106e643fb53928f";

    /// <summary>Longest a download may take, each file some kilobytes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The files, in the order in which they are run.</summary>
    public static readonly ImmutableArray<OrleansScript> All =
    [
        new("src/AdoNet/Shared/PostgreSQL-Main.sql", "orleansquery", "623c15320e640cdd3e84d0668dcae481312f2631ac4977bf2eb8cf22e05deb8b"),
        new("src/AdoNet/Orleans.Clustering.AdoNet/PostgreSQL-Clustering.sql", "orleansmembershiptable", "75682538351dc15ad74d86fab14110cca2603fd063d19cebc76118ff84c88328"),
        new("src/AdoNet/Orleans.Persistence.AdoNet/PostgreSQL-Persistence.sql", "orleansstorage", "6913a5a83988e47a6239a8598f56cfcab529268f1f3cd57862de65b87bec2961"),
        new("src/AdoNet/Orleans.Reminders.AdoNet/PostgreSQL-Reminders.sql", "orleansreminderstable", "3debf0bed0ca0b057bb7d3ec18d826dce6fb52b92b4de69a2100b5a2b3691bd9"),
    ];

    /// <summary>Reads the files from a folder.</summary>
    /// <param name="folder">Where they lie, by their names alone.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="HallRefusedException">One is not there, or is not the pinned one.</exception>
    public static async Task<ImmutableArray<string>> Read(string folder, CancellationToken stop)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var script in All)
        {
            var path = Path.Combine(folder, script.Name);
            if (!File.Exists(path))
                throw new HallRefusedException(Text.Both(
                    $"{path} is not there. Put the four files of dotnet/orleans at {Commit[..10]} into that folder; 'database --fetch {folder}' does it where there is internet.",
                    $"找不到 {path}。请把 dotnet/orleans {Commit[..10]} 的四个文件放进该文件夹；在能上网的地方，“database --fetch {folder}”会替您完成。"));
            texts.Add(Verified(script, await File.ReadAllBytesAsync(path, stop)));
        }

        return texts.ToImmutable();
    }

    /// <summary>Downloads the files.</summary>
    /// <exception cref="HallRefusedException">There is no way there, or what came is not the pinned file.</exception>
    public static async Task<ImmutableArray<string>> Fetch(CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = Patience };
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var script in All)
        {
            try
            {
                texts.Add(Verified(script, await http.GetByteArrayAsync(script.Address, stop)));
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                throw new HallRefusedException(Text.Both(
                    $"{script.Address} could not be fetched: {failed.Message} Without internet, carry the files here and name their folder with --sql.",
                    $"无法下载 {script.Address}。没有互联网时，请把文件带来，并用 --sql 指明所在文件夹。"), failed);
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>The text of a file, if it is the pinned one.</summary>
    /// <exception cref="HallRefusedException">It is another.</exception>
    public static string Verified(OrleansScript script, byte[] content)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(content));
        return actual == script.Sha256
            ? System.Text.Encoding.UTF8.GetString(content)
            : throw new HallRefusedException(Text.Both(
                $"{script.Name} is not the file this version was run with: its SHA-256 is {actual} and not {script.Sha256}. Nothing was changed.",
                $"{script.Name} 不是本版本运行过的文件：其 SHA-256 是 {actual}，而不是 {script.Sha256}。什么都没有改动。"));
    }
}

/// <summary>One of Orleans's files.</summary>
/// <param name="Path">Where it lies in dotnet/orleans.</param>
/// <param name="Makes">A table that it makes, by which it is known to have been run.</param>
/// <param name="Sha256">Checksum of its bytes, lower case hexadecimal.</param>
public sealed record OrleansScript(string Path, string Makes, string Sha256)
{
    /// <summary>Its name without folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Where it is fetched from.</summary>
    public Uri Address => new($"https://raw.githubusercontent.com/dotnet/orleans/{OrleansScripts.Commit}/{Path}");
}

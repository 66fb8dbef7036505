using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Peers;

/// <summary>A server to compare with, running.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Child _child;
    private readonly Uri _book;

    private Peer(Child child, int port, Uri book) => (_child, Port, _book) = (child, port, book);

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Its process.</summary>
    public int Pid => _child.Pid;

    /// <summary>Starts the bare SignalR hub.</summary>
    public static Task<Peer> BareHub(int options, CancellationToken stop)
    {
        var port = Programs.FreePort();
        string[] arguments = [Programs.Bench, "bare-hub", Text(port), Text(options)];
        return Start("the bare hub", port, new Uri($"http://localhost:{port}/book"), Programs.DotNet, arguments, null, stop);
    }

    /// <summary>Starts a Node peer.</summary>
    public static Task<Peer> Node(string script, int options, CancellationToken stop)
    {
        var (port, book) = (Programs.FreePort(), Programs.FreePort());
        string[] arguments = [script, Text(port), Text(book), Text(options)];
        return Start(script, port, new Uri($"http://127.0.0.1:{book}/"), Programs.Find("node")!, arguments, NodePackages.Folder, stop);
    }

    /// <summary>What it counted.</summary>
    public async Task<(int[] Counts, int Voters)> Book(HttpClient http, CancellationToken stop)
    {
        var book = await http.GetFromJsonAsync<Booked>(_book, stop);
        return (book!.Counts, book.Voters);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<Peer> Start(
        string name, int port, Uri book, string program, string[] arguments, string? folder, CancellationToken stop)
    {
        var production = new Dictionary<string, string> { ["NODE_ENV"] = "production" };
        var child = new Child(name, Cores.Start(Cores.Server, program, arguments, production, folder));
        try
        {
            await child.Line(line => line == "ready", Patience, stop);
            return new Peer(child, port, book);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Booked(int[] Counts, int Voters);
}

/// <summary>The packages of the Node peers, installed at first use.</summary>
internal static class NodePackages
{
    /// <summary>Where they lie, beside this program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Peers", "node");

    /// <summary>Installs them if they are not there; answers what is missing, or <see langword="null"/>.</summary>
    public static async Task<string?> Missing(CancellationToken stop)
    {
        if (Programs.Find("node") is null) return "Node.js is not installed (https://nodejs.org), so socket.io and Colyseus are left out.";
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) return null;
        if (Programs.Find("npm") is not { } npm) return "npm is not installed, so socket.io and Colyseus are left out.";
        using var install = Process.Start(new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--silent"])
        {
            WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var trouble = await install.StandardError.ReadToEndAsync(stop);
        await install.WaitForExitAsync(stop);
        return install.ExitCode == 0 ? null : $"npm could not install socket.io and Colyseus, so they are left out: {trouble.Trim()}";
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Halls;

/// <summary>
/// The real gateway as a program of its own on the server's core, with a data folder of its own; spoken to by the doors
/// everyone uses.
/// </summary>
internal sealed partial class HallProcess : IAsyncDisposable
{
    private static readonly string[] Languages = ["en"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Child _child;
    private readonly DirectoryInfo _data;
    private readonly HttpClientHandler _cookies = new() { UseProxy = false };
    private readonly HttpClient _http;

    private HallProcess(Child child, int port, DirectoryInfo data)
    {
        (_child, Port, _data) = (child, port, data);
        _http = new HttpClient(_cookies) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Its process.</summary>
    public int Pid => _child.Pid;

    /// <summary>Starts it and signs in.</summary>
    /// <param name="settings">Further settings, as environment variables.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="IOException">It is not built, or does not start.</exception>
    public static async Task<HallProcess> Start(IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        if (!File.Exists(Programs.Gateway)) throw new IOException($"The gateway is not built: {Programs.Gateway} is missing. Build it with dotnet build -c Release Bench.");
        var data = Directory.CreateTempSubdirectory("story-bench-");
        var port = Programs.FreePort();
        string[] arguments = [Programs.Gateway, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--data", data.FullName];
        var child = new Child("the gateway", Cores.Start(Cores.Server, Programs.DotNet, arguments, settings));
        var hall = new HallProcess(child, port, data);
        try
        {
            var line = await child.Line(SignIn().IsMatch, Patience, stop);
            await hall.SignInAs(SignIn().Match(line), stop);
            return hall;
        }
        catch
        {
            await hall.DisposeAsync();
            throw;
        }
    }

    /// <summary>Schedules a session; answers its id and join code.</summary>
    public async Task<(string Session, string JoinCode)> Schedule(string film, int minutes, int capacity, int windowSeconds, CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/api/sessions",
            new { film, minutes, language = "en", wallLanguages = Languages, capacity, rule = "Plurality", windowSeconds, cardSeconds = 2 },
            stop);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"No session: {json}");
        return (json.GetProperty("session").ToString(), json.GetProperty("joinCode").GetString()!);
    }

    /// <summary>Opens a console on a session.</summary>
    public Task<Operator> Operate(string session, CancellationToken stop) =>
        Operator.Open(new Uri($"ws://127.0.0.1:{Port}/hubs/console"), _cookies.CookieContainer, session, stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _cookies.Dispose();
        await _child.DisposeAsync();
        try
        {
            _data.Delete(recursive: true);
        }
        catch (IOException)
        {
            Console.Error.WriteLine($"{_data} could not be removed.");
        }
    }

    private async Task SignInAs(Match account, CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync("/api/sign-in", new { name = account.Groups["name"].Value, password = account.Groups["password"].Value }, stop);
        if (answer.StatusCode != HttpStatusCode.NoContent) throw new IOException($"The gateway did not let the operator in: {answer.StatusCode}.");
        // A printed password is good for one sign-in.
        using var changed = await _http.PostAsJsonAsync("/api/me/password", new { old = account.Groups["password"].Value, wanted = "four plain words here" }, stop);
        if (changed.StatusCode != HttpStatusCode.NoContent) throw new IOException($"The gateway did not take a new password: {changed.StatusCode}.");
    }

    /// <summary>The banner's line with the first password.</summary>
    [GeneratedRegex(@"^\s*Sign in\s+(?<name>\S+)\s+(?<password>\S+)\s+\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SignIn();
}

using System.CommandLine;

namespace Orleans.Story.Silo.Hosting;

/// <summary>
/// <c>health</c>: asks a running process of this machine whether it serves. For containers, whose images hold no program that could.
/// </summary>
public static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The command: 0 where the process is ready, else 1 and why.</summary>
    /// <param name="address">Where it is asked unless <c>--url</c> says otherwise.</param>
    public static Command Make(Func<ParseResult, string> address)
    {
        var url = new Option<string?>("--url") { Description = "Where to ask; otherwise /readyz of this machine's own." };
        var command = new Command("health", "Ask the running program whether it serves; 0 if it does, 1 if not.") { url };
        command.SetAction((parsed, stop) => Ask(parsed.GetValue(url) ?? address(parsed), stop));
        return command;
    }

    private static async Task<int> Ask(string url, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(url, stop);
            if (answer.IsSuccessStatusCode) return 0;
            await Console.Error.WriteLineAsync($"{url}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{url}: {e.Message}");
        }

        return 1;
    }
}

using System.Diagnostics;

namespace Orleans.Story.Tests.Deploy.Support;

/// <summary>Runs a program and hears what it says.</summary>
internal static class Shell
{
    /// <summary>Longer than any of ours takes on a busy machine; then it is ended and the test fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether a program can be found.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Skips the test, by name, where one of them is missing.</summary>
    public static void NeedsOrSkip(params string[] programs)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The scripts are for Linux.");
        foreach (var program in programs)
        {
            if (!Has(program)) Assert.Skip($"The program {program} is not here.");
        }
    }

    /// <summary>Who may read, write and run a file; nothing is known of it where there are no such rights.</summary>
    public static UnixFileMode Rights(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    /// <summary>Runs it; answers exit code and everything it printed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["STORY_LANGUAGE"] = "en";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.", late);
        }

        return (process.ExitCode, await said + await complained);
    }
}

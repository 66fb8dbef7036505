using System.Diagnostics;
using System.Globalization;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Benches;

/// <summary>
/// The kill test of <c>Tests/Faults</c>, for as many kills as a night has room for: the same engine, started as a program of
/// its own and told how many. What it prints and what it holds to is docs/design/06-durability.md's.
/// </summary>
/// <param name="kills">How many kills.</param>
/// <param name="seed">Where the draws come from, or <see langword="null"/> for a new one, which it prints.</param>
internal sealed class KillBench(int kills, long? seed)
{
    /// <summary>Runs it; answers its exit code, 0 when everything held.</summary>
    /// <exception cref="IOException">It was not built.</exception>
    public async Task<int> Run(CancellationToken stop)
    {
        var program = Programs.Beside("Tests.Faults", "Orleans.Story.Tests.Faults.dll");
        if (!File.Exists(program)) throw new IOException($"{program} is missing. Build Tests/Faults in the same configuration.");
        var start = new ProcessStartInfo(Programs.DotNet) { UseShellExecute = false };
        foreach (var argument in (string[])[program, "-class", "Orleans.Story.Tests.Faults.KillTests", "-showLiveOutput"]) start.ArgumentList.Add(argument);
        start.Environment["STORY_KILLS"] = kills.ToString(CultureInfo.InvariantCulture);
        if (seed is { } drawn) start.Environment["STORY_SEED"] = drawn.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(stop);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

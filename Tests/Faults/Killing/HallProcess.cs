using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>The real program as a process of its own: the built gateway, told where its data and films are, and nothing else.</summary>
internal sealed partial class HallProcess : IDisposable
{
    private const int KeptLines = 400;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<bool> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _disposed;

    private HallProcess(Process process) => _process = process;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>True once the program says where its console is; false when it ended without.</summary>
    public Task<bool> Opened => _opened.Task;

    /// <summary>The first operator's password, if this start made it.</summary>
    public string? Password { get; private set; }

    /// <summary>What it printed lately.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Processor time it has used.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the program.</summary>
    /// <param name="place">Where.</param>
    /// <param name="wrapper">A program and its arguments that run it in their turn, such as <c>unshare -m</c>.</param>
    /// <param name="language">What it prints in.</param>
    /// <param name="bind">The address to listen on; <c>*</c> for all, as in a hall.</param>
    public static HallProcess Start(HallPlace place, IReadOnlyList<string>? wrapper = null, string language = "en", string bind = "127.0.0.1")
    {
        string[] command =
        [
            .. wrapper ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "Orleans.Story.Gateway.dll"),
            "--bind", bind, "--port", place.Port.ToString(CultureInfo.InvariantCulture), "--data", place.Data, "--language", language,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Story__Films"] = place.Films;
        // A start is mostly compiling; two hundred of them need neither profiles nor pages that are writable or executable but never both.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var hall = new HallProcess(process);
        process.OutputDataReceived += (_, line) => hall.Read(line.Data);
        process.ErrorDataReceived += (_, line) => hall.Read(line.Data);
        process.Exited += (_, _) => hall._opened.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return hall;
    }

    /// <summary>SIGKILL: nothing is flushed, closed or said goodbye to. Returns when the process is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits until it has ended by itself, and for the last of what it prints.</summary>
    public Task EndedAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (_output.Count > KeptLines) _output.TryDequeue(out _);
        if (PasswordPattern().Match(line) is { Success: true } password) Password = password.Value;
        // The last line of the banner: whatever is printed at the start has been read by then.
        if (line.Contains("Ctrl+C", StringComparison.Ordinal)) _opened.TrySetResult(true);
    }

    [GeneratedRegex("[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}", RegexOptions.None, 1000)]
    private static partial Regex PasswordPattern();
}

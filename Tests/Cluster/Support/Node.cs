using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>One program of the cluster, over as many processes as it takes: a silo or a gateway.</summary>
/// <param name="name">What it is called in reports.</param>
/// <param name="program">The built program's file.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Its settings.</param>
/// <param name="readyLine">What it prints once it serves.</param>
internal sealed partial class Node(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string readyLine) : IDisposable
{
    /// <summary>Longer than a start ever takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const int KeptLines = 400;

    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private TaskCompletionSource<bool> _ready = new();

    public string Name => name;

    /// <summary>The file it runs; a test may put another build of the same program there before a start.</summary>
    public string Program { get; set; } = program;

    /// <summary>Its process id.</summary>
    public int Id => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The first operator's password, if a start of this gateway made it.</summary>
    public string? Password { get; private set; }

    /// <summary>What it printed lately.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Processor time of the process that runs now.</summary>
    public TimeSpan Used
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory of the process that runs now, bytes.</summary>
    public long Resident
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a process of it.</summary>
    public void Start()
    {
        _process?.Dispose();
        var ready = _ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetResult(false);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it serves.</summary>
    public async Task ReadyAsync()
    {
        var serves = await _ready.Task.WaitAsync(Patience);
        serves.ShouldBeTrue($"{name} ended instead of serving: {Output}");
    }

    /// <summary>What this silo answers at its health port.</summary>
    /// <param name="path">A path there, such as <c>/readyz</c>.</param>
    public async Task<int> HealthAsync(string path)
    {
        using var http = new HttpClient { Timeout = Patience };
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{environment["Story__HealthPort"]}{path}"));
        return (int)answer.StatusCode;
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it is there and does nothing, as a machine that swaps or a virtual one that is moved.</summary>
    public void Stall() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void GoOn() => Signal("CONT");

    /// <summary>SIGTERM, as an orchestrator stops it; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Starts it again if it has ended, as an orchestrator does.</summary>
    public async Task BackAsync()
    {
        if (!IsRunning) Start();
        await ReadyAsync();
    }

    public void Dispose()
    {
        if (IsRunning) Kill();
        _process?.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0, $"signal {signal} to {name}");
    }

    private void Read(string? line, TaskCompletionSource<bool> ready)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (_output.Count > KeptLines) _output.TryDequeue(out _);
        if (PasswordPattern().Match(line) is { Success: true } password) Password = password.Value;
        if (line.Contains(readyLine, StringComparison.Ordinal)) ready.TrySetResult(true);
    }

    [GeneratedRegex("[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}", RegexOptions.None, 1000)]
    private static partial Regex PasswordPattern();
}

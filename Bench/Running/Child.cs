using System.Diagnostics;
using System.Threading.Channels;

namespace Orleans.Story.Bench.Running;

/// <summary>A program started by the bench, ended with it.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(8);
    private readonly Process _process;
    private readonly string _name;

    /// <summary>Its last lines of trouble; older ones are dropped.</summary>
    private readonly Queue<string> _trouble = [];

    /// <summary>Its lines; a program that prints 10,000 that nobody reads is held up.</summary>
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(10_000);

    /// <summary>Listens to a started process.</summary>
    public Child(string name, Process process)
    {
        (_name, _process) = (name, process);
        _ = Pump();
        _ = Complain();
    }

    /// <summary>Its process id.</summary>
    public int Pid => _process.Id;

    /// <summary>The next line it prints.</summary>
    /// <exception cref="IOException">It ended, or took too long.</exception>
    public async Task<string> Line(TimeSpan patience, CancellationToken stop)
    {
        try
        {
            return await _lines.Reader.ReadAsync(stop).AsTask().WaitAsync(patience, stop);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException($"{_name} ended early. {Trouble}", e);
        }
        catch (TimeoutException e)
        {
            throw new IOException($"{_name} said nothing for {patience.TotalSeconds:0} s. {Trouble}", e);
        }
    }

    /// <summary>The first line that fits.</summary>
    /// <exception cref="IOException">It ended, or took too long.</exception>
    public async Task<string> Line(Func<string, bool> fits, TimeSpan patience, CancellationToken stop)
    {
        while (true)
        {
            var line = await Line(patience, stop);
            if (fits(line)) return line;
        }
    }

    /// <summary>Tells it a line.</summary>
    public async Task Tell(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Lets it end by itself, if it does soon, and ends it otherwise.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.HasExited && OperatingSystem.IsLinux())
            {
                using var asked = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{_process.Id}"]) { UseShellExecute = false, RedirectStandardError = true })!;
                await asked.WaitForExitAsync();
            }

            await _process.WaitForExitAsync().WaitAsync(Goodbye);
        }
        catch (Exception e) when (e is TimeoutException or IOException or InvalidOperationException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private string Trouble
    {
        get
        {
            lock (_trouble) return string.Join(' ', _trouble);
        }
    }

    private async Task Pump()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) await _lines.Writer.WriteAsync(line);
        _lines.Writer.TryComplete();
    }

    private async Task Complain()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_trouble)
            {
                if (_trouble.Count == 5) _trouble.Dequeue();
                _trouble.Enqueue(line);
            }
        }
    }
}

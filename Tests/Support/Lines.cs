using System.Collections.Concurrent;
using System.Text;

namespace Orleans.Story.Tests.Support;

/// <summary>Lines that can be read while they are still being written.</summary>
public sealed class Lines : TextWriter
{
    private readonly ConcurrentQueue<string> written = new();

    public IReadOnlyCollection<string> Written => written;

    public override Encoding Encoding => Encoding.UTF8;

    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => WriteLineAsync(buffer.ToString());

    public override Task WriteLineAsync(string? value)
    {
        written.Enqueue(value ?? "");
        return Task.CompletedTask;
    }
}

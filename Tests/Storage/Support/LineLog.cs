using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Story.Tests.Storage.Support;

/// <summary>Keeps what was logged.</summary>
internal sealed class LineLog : ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Line)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SitSense.Service.Tests.Running;

/// <summary>Keeps what was logged.</summary>
sealed class TestLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Line)> Lines { get; } = new();

    public ILogger CreateLogger(string category) => this;

    public IDisposable? BeginScope<T>(T state) where T : notnull => null;

    public bool IsEnabled(LogLevel level) => true;

    public void Log<T>(LogLevel level, EventId id, T state, Exception? exception, Func<T, Exception?, string> format) => Lines.Enqueue((level, format(state, exception)));

    public void Dispose() { }
}

namespace MQTTnet;

/// <summary>Handlers that are awaited one after the other, in the order in which they were added.</summary>
sealed class AsyncEvent<TArguments>
{
    readonly Lock _changing = new();
    volatile Func<TArguments, Task>[] _handlers = [];

    public bool HasHandlers => _handlers.Length > 0;

    public void Add(Func<TArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_changing)
            _handlers = [.. _handlers, handler];
    }

    public void Remove(Func<TArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_changing)
            _handlers = _handlers.Where(other => other != handler).ToArray();
    }

    public async ValueTask Invoke(TArguments arguments)
    {
        foreach (var handler in _handlers)
            await handler(arguments).ConfigureAwait(false);
    }

    /// <summary>Invokes, and logs what a handler throws instead of passing it on.</summary>
    public async ValueTask TryInvoke(TArguments arguments, Diagnostics.Logger.SourceLogger logger)
    {
        try
        {
            await Invoke(arguments).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.Warning(exception, "Error while invoking event with arguments of type {0}.", typeof(TArguments));
        }
    }
}

using System.Buffers;
using MQTTnet.Diagnostics.Logger;

namespace MQTTnet.Server.Internal;

/// <summary>The last retained message of each topic.</summary>
sealed class RetainedMessages(ServerEvents events, SourceLogger logger)
{
    readonly Lock _changing = new();
    readonly Dictionary<string, MqttApplicationMessage> _messages = [];
    readonly SemaphoreSlim _telling = new(1);

    public async Task Load()
    {
        try
        {
            var arguments = new LoadingRetainedMessagesEventArgs();
            await events.LoadingRetainedMessages.Invoke(arguments).ConfigureAwait(false);
            lock (_changing)
            {
                _messages.Clear();
                foreach (var message in arguments.LoadedRetainedMessages ?? [])
                    _messages[message.Topic] = message;
            }
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Unhandled exception while loading retained messages.");
        }
    }

    public MqttApplicationMessage Get(string topic)
    {
        lock (_changing)
            return _messages.GetValueOrDefault(topic);
    }

    public List<MqttApplicationMessage> All()
    {
        lock (_changing)
            return [.. _messages.Values];
    }

    /// <summary>Sets or, with an empty payload, clears a topic's message, and tells it if that changed anything. What a handler throws is only logged.</summary>
    public async ValueTask Update(string clientId, MqttApplicationMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        List<MqttApplicationMessage> stored = null;
        lock (_changing)
        {
            if (Change(message) && events.RetainedMessageChanged.HasHandlers)
                stored = [.. _messages.Values];
        }
        if (stored is null)
            return;
        await _telling.WaitAsync().ConfigureAwait(false);
        try
        {
            await events.RetainedMessageChanged.Invoke(new RetainedMessageChangedEventArgs(clientId, message, stored)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Unhandled exception while handling retained messages.");
        }
        finally
        {
            _telling.Release();
        }
    }

    public async Task Clear()
    {
        lock (_changing)
            _messages.Clear();
        await _telling.WaitAsync().ConfigureAwait(false);
        try
        {
            await events.RetainedMessagesCleared.Invoke(EventArgs.Empty).ConfigureAwait(false);
        }
        finally
        {
            _telling.Release();
        }
    }

    bool Change(MqttApplicationMessage message)
    {
        if (message.Payload.IsEmpty)
            return _messages.Remove(message.Topic);
        if (_messages.TryGetValue(message.Topic, out var known) && known.QualityOfServiceLevel == message.QualityOfServiceLevel && SamePayload(known, message))
            return false;
        _messages[message.Topic] = message;
        return true;
    }

    static bool SamePayload(MqttApplicationMessage one, MqttApplicationMessage other) =>
        one.Payload.Length == other.Payload.Length && Bytes(one).SequenceEqual(Bytes(other));

    static ReadOnlySpan<byte> Bytes(MqttApplicationMessage message) => message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();
}

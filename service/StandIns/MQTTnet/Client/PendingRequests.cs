using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Who waits for which answer on one connection, and the identifiers that tell the answers apart.</summary>
sealed class PendingRequests
{
    readonly Lock _changing = new();
    readonly Dictionary<(MqttControlPacketType, ushort), TaskCompletionSource<MqttPacket>> _waiting = [];
    readonly HashSet<ushort> _identifiers = [];
    Exception _failure;
    ushort _last;

    /// <summary>An identifier that no open request uses.</summary>
    /// <exception cref="InvalidOperationException">65535 requests are open.</exception>
    public ushort TakeIdentifier()
    {
        lock (_changing)
        {
            for (var tries = 0; tries < ushort.MaxValue; tries++)
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
                if (_identifiers.Add(_last))
                    return _last;
            }
        }
        throw new InvalidOperationException("All packet identifiers are in use.");
    }

    public void ReturnIdentifier(ushort identifier)
    {
        lock (_changing)
            _identifiers.Remove(identifier);
    }

    /// <summary>Waits for an answer, from before the question is sent; without identifier (PINGRESP) all who wait share one.</summary>
    public TaskCompletionSource<MqttPacket> Await(MqttControlPacketType answer, ushort identifier)
    {
        lock (_changing)
        {
            if (_waiting.TryGetValue((answer, identifier), out var waiting))
                return waiting;
            waiting = new TaskCompletionSource<MqttPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_failure is null)
                _waiting.Add((answer, identifier), waiting);
            else
                waiting.SetException(_failure);
            return waiting;
        }
    }

    public void Forget(MqttControlPacketType answer, ushort identifier)
    {
        lock (_changing)
            _waiting.Remove((answer, identifier));
    }

    /// <returns>Whether somebody waited.</returns>
    public bool Answer(MqttControlPacketType answer, ushort identifier, MqttPacket packet)
    {
        TaskCompletionSource<MqttPacket> waiting;
        lock (_changing)
            _waiting.Remove((answer, identifier), out waiting);
        return waiting?.TrySetResult(packet) == true;
    }

    /// <summary>Fails whoever waits, and from now on at once whoever comes.</summary>
    public void Fail(Exception exception)
    {
        TaskCompletionSource<MqttPacket>[] failed;
        lock (_changing)
        {
            _failure ??= exception;
            failed = [.. _waiting.Values];
            _waiting.Clear();
        }
        foreach (var waiting in failed)
        {
            waiting.TrySetException(exception);
            _ = waiting.Task.Exception; // whoever stopped waiting does not miss it
        }
    }
}

using System.Collections;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>
/// What the server keeps of a client, with or without a connection: its filters, the messages that wait for it, and those in flight.
/// Both are bounded: by <see cref="MqttServerOptions.MaxPendingMessagesPerClient"/>, and by the client's receive maximum.
/// </summary>
sealed class Session(MqttConnectPacket connect, IDictionary items, MqttServerOptions options, Func<Session, Task> delete)
{
    readonly Lock _changing = new();
    readonly Dictionary<ushort, (long Order, MqttPublishPacket Packet)> _inFlight = [];
    LinkedList<MqttPublishPacket> _pending = new();
    ConnectedClient _receiver;
    long _order;
    ushort _lastIdentifier;

    public string Id => connect.ClientId;
    public string UserName => connect.Username;
    public uint ExpiryInterval => connect.SessionExpiryInterval;
    public IDictionary Items => items;
    public DateTime CreatedTimestamp { get; } = DateTime.UtcNow;
    public DateTime? DisconnectedTimestamp { get; set; }

    /// <summary>By filter; owned by the <see cref="SubscriptionTree"/>, as the two numbers below.</summary>
    public Dictionary<string, Subscription> Subscriptions { get; } = [];

    public long LastMatching { get; set; }
    public int LastMatch { get; set; }

    public long PendingCount
    {
        get
        {
            lock (_changing)
                return _pending.Count;
        }
    }

    public bool IsExpired(DateTime now) =>
        ExpiryInterval is > 0 and < uint.MaxValue && DisconnectedTimestamp is { } since && now > since.AddSeconds(ExpiryInterval);

    public Task Delete() => delete(this);

    /// <summary>Gives the session to a new connection: what was in flight is sent again, before what waits; what waits with QoS 0 is dropped.</summary>
    public void Attach(ConnectedClient receiver)
    {
        lock (_changing)
        {
            _receiver = receiver;
            DisconnectedTimestamp = null;
            _pending = new LinkedList<MqttPublishPacket>(_inFlight.Values.OrderBy(sent => sent.Order).Select(sent => sent.Packet)
                .Concat(_pending.Where(packet => packet.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)));
            _inFlight.Clear();
        }
    }

    /// <returns>The message that is dropped because the queue is full: this one, the oldest, or null.</returns>
    public MqttPublishPacket Enqueue(MqttPublishPacket packet)
    {
        ConnectedClient receiver;
        MqttPublishPacket dropped = null;
        lock (_changing)
        {
            if (_pending.Count >= options.MaxPendingMessagesPerClient)
            {
                if (options.PendingMessagesOverflowStrategy == MqttPendingMessagesOverflowStrategy.DropNewMessage)
                    return packet;
                if (_pending.First is { } oldest)
                {
                    dropped = oldest.Value;
                    _pending.RemoveFirst();
                }
            }
            _pending.AddLast(packet);
            receiver = _receiver;
        }
        receiver?.Wake();
        return dropped;
    }

    /// <summary>Takes the next message for a connection, unless that has enough in flight or is no longer the session's.</summary>
    public bool TryTake(ConnectedClient receiver, out MqttPublishPacket packet)
    {
        lock (_changing)
        {
            packet = null;
            if (receiver != _receiver || _pending.First is not { } first)
                return false;
            if (first.Value.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            {
                if (_inFlight.Count >= receiver.ReceiveMaximum)
                    return false;
                first.Value.PacketIdentifier = FreeIdentifier();
                _inFlight.Add(first.Value.PacketIdentifier, (_order++, first.Value));
            }
            packet = first.Value;
            _pending.RemoveFirst();
            return true;
        }
    }

    /// <summary>Ends a delivery; an unknown identifier is passed over.</summary>
    public void Acknowledge(ushort identifier)
    {
        ConnectedClient receiver;
        lock (_changing)
        {
            var wasFull = _inFlight.Count >= (_receiver?.ReceiveMaximum ?? 0);
            receiver = _inFlight.Remove(identifier) && wasFull && _pending.Count > 0 ? _receiver : null;
        }
        receiver?.Wake();
    }

    ushort FreeIdentifier()
    {
        do
            _lastIdentifier = _lastIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastIdentifier + 1);
        while (_inFlight.ContainsKey(_lastIdentifier));
        return _lastIdentifier;
    }
}

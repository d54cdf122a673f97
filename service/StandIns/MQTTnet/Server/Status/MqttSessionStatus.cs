using System.Collections;
using MQTTnet.Server.Internal;

namespace MQTTnet.Server;

/// <summary>A session, with or without a connection.</summary>
public sealed class MqttSessionStatus
{
    readonly Session _session;

    internal MqttSessionStatus(Session session)
    {
        _session = session;
    }

    public DateTime CreatedTimestamp => _session.CreatedTimestamp;

    /// <summary>null while it is connected.</summary>
    public DateTime? DisconnectedTimestamp => _session.DisconnectedTimestamp;

    public uint ExpiryInterval => _session.ExpiryInterval;
    public string Id => _session.Id;
    public IDictionary Items => _session.Items;
    public long PendingApplicationMessagesCount => _session.PendingCount;

    /// <summary>Ends the session, and its connection.</summary>
    public Task DeleteAsync() => _session.Delete();
}

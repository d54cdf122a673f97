using System.Collections;
using MQTTnet.Packets;

namespace MQTTnet.Server;

/// <summary>A client asks for one filter. <see cref="UserName"/> is the one that created the session, as in the package.</summary>
public sealed class InterceptingSubscriptionEventArgs(
    string clientId, string userName, MqttSessionStatus session, MqttTopicFilter topicFilter, List<MqttUserProperty> userProperties, CancellationToken cancellationToken)
    : EventArgs
{
    public CancellationToken CancellationToken { get; } = cancellationToken;
    public string ClientId { get; } = clientId;
    public bool CloseConnection { get; set; }

    /// <summary>False subscribes nothing, whatever <see cref="Response"/> says.</summary>
    public bool ProcessSubscription { get; set; } = true;

    public string ReasonString { get; set; }
    public SubscribeResponse Response { get; } = new();
    public MqttSessionStatus Session { get; } = session;
    public IDictionary SessionItems => Session.Items;
    public MqttTopicFilter TopicFilter { get; set; } = topicFilter;
    public string UserName { get; } = userName;
    public List<MqttUserProperty> UserProperties { get; set; } = userProperties;
}

using System.Collections;

namespace MQTTnet.Server;

/// <summary>A message of the program itself, which takes the way of every other: interception, retained store, subscribers.</summary>
public sealed class InjectedMqttApplicationMessage(MqttApplicationMessage applicationMessage)
{
    public MqttApplicationMessage ApplicationMessage { get; } = applicationMessage ?? throw new ArgumentNullException(nameof(applicationMessage));
    public IDictionary CustomSessionItems { get; set; }
    public string SenderClientId { get; set; } = "";
    public string SenderUserName { get; set; }
}

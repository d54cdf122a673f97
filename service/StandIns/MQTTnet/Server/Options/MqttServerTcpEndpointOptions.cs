namespace MQTTnet.Server;

/// <summary>The port without TLS.</summary>
public class MqttServerTcpEndpointOptions : MqttServerTcpEndpointBaseOptions
{
    public MqttServerTcpEndpointOptions()
    {
        Port = 1883;
    }
}

using System.Net;
using System.Net.Sockets;

namespace MQTTnet;

/// <summary>TCP, with or without TLS.</summary>
public sealed class MqttClientTcpOptions : IMqttClientChannelOptions
{
    public AddressFamily AddressFamily { get; set; } = AddressFamily.Unspecified;
    public EndPoint LocalEndpoint { get; set; }
    public bool NoDelay { get; set; } = true;
    public EndPoint RemoteEndpoint { get; set; }
    public MqttClientTlsOptions TlsOptions { get; set; } = new();

    public override string ToString() => RemoteEndpoint?.ToString() ?? "";
}

using System.Net;

namespace MQTTnet.Server;

/// <summary>A port that is listened on, in IPv4 and IPv6 unless one is <see cref="IPAddress.None"/>.</summary>
public abstract class MqttServerTcpEndpointBaseOptions
{
    public IPAddress BoundInterNetworkAddress { get; set; } = IPAddress.Any;
    public IPAddress BoundInterNetworkV6Address { get; set; } = IPAddress.IPv6Any;
    public int ConnectionBacklog { get; set; } = 100;
    public bool IsEnabled { get; set; }
    public bool? KeepAlive { get; set; }
    public bool NoDelay { get; set; } = true;

    /// <summary>0 takes a free one, which stands here once the server is started.</summary>
    public int Port { get; set; }

    public bool ReuseAddress { get; set; }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet.Adapter;

/// <summary>A connection that carries packets.</summary>
public interface IMqttChannelAdapter : IDisposable
{
    /// <summary>Counted from the other side's view, as the package does.</summary>
    long BytesReceived { get; }

    /// <summary>Counted from the other side's view, as the package does.</summary>
    long BytesSent { get; }

    X509Certificate2 ClientCertificate { get; }
    EndPoint RemoteEndPoint { get; }
    EndPoint LocalEndPoint { get; }
    bool IsSecureConnection { get; }
    MqttPacketFormatterAdapter PacketFormatterAdapter { get; }

    Task ConnectAsync(CancellationToken cancellationToken);

    Task DisconnectAsync(CancellationToken cancellationToken);

    /// <returns>null when the connection has ended or the wait is cancelled.</returns>
    Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken);

    void ResetStatistics();

    Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken);
}

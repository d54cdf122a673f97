using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace SitSense.Service.Broker;

/// <summary>
/// Names the clients that come without a client id, as <c>mosquitto_pub</c> does. MQTT 3.1.1 (section 3.1.3.1) lets a broker do so;
/// MQTTnet's refuses them, and offers a choice only for MQTT 5.
/// </summary>
sealed class NamelessGuests(IMqttServerAdapter listener) : IMqttServerAdapter
{
    public Func<IMqttChannelAdapter, Task> ClientHandler
    {
        get => listener.ClientHandler;
        set => listener.ClientHandler = value is null ? null! : channel => value(new Guest(channel));
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => listener.StartAsync(options, logger);

    public Task StopAsync() => listener.StopAsync();

    public void Dispose() => listener.Dispose();

    sealed class Guest(IMqttChannelAdapter channel) : IMqttChannelAdapter
    {
        public long BytesReceived => channel.BytesReceived;

        public long BytesSent => channel.BytesSent;

        public X509Certificate2 ClientCertificate => channel.ClientCertificate;

        public EndPoint RemoteEndPoint => channel.RemoteEndPoint;

        public EndPoint LocalEndPoint => channel.LocalEndPoint;

        public bool IsSecureConnection => channel.IsSecureConnection;

        public MqttPacketFormatterAdapter PacketFormatterAdapter => channel.PacketFormatterAdapter;

        public Task ConnectAsync(CancellationToken cancel) => channel.ConnectAsync(cancel);

        public Task DisconnectAsync(CancellationToken cancel) => channel.DisconnectAsync(cancel);

        public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancel)
        {
            var packet = await channel.ReceivePacketAsync(cancel);
            if (packet is MqttConnectPacket { ClientId: null or "", CleanSession: true } connect && PacketFormatterAdapter.ProtocolVersion < MqttProtocolVersion.V500)
                connect.ClientId = NewName();
            return packet!;
        }

        public void ResetStatistics() => channel.ResetStatistics();

        public Task SendPacketAsync(MqttPacket packet, CancellationToken cancel) => channel.SendPacketAsync(packet, cancel);

        public void Dispose() => channel.Dispose();
    }

    /// <summary>A client id that nobody has.</summary>
    public static string NewName() => $"guest-{Guid.NewGuid():N}";
}

using System.Net.Sockets;
using System.Text;

namespace SitSense.StandIns.Tests.Mqtt;

/// <summary>A client that sends the bytes it is told, right or wrong. MQTT 3.1.1.</summary>
sealed class RawClient : IDisposable
{
    readonly TcpClient _tcp = new();

    public static async Task<RawClient> Open(Broker broker)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync("127.0.0.1", broker.Port);
        client._tcp.NoDelay = true;
        return client;
    }

    /// <summary>A client that has its CONNACK.</summary>
    public static async Task<RawClient> Enter(Broker broker, string id, int receiveBuffer = 0)
    {
        var client = new RawClient();
        if (receiveBuffer > 0)
            client._tcp.ReceiveBufferSize = receiveBuffer;
        await client._tcp.ConnectAsync("127.0.0.1", broker.Port);
        await client.Send(Connect(id, keepAlive: 0));
        Assert.Equal([0x20, 2, 0, 0], await client.Receive(4));
        return client;
    }

    public static byte[] Connect(string id, byte keepAlive, (string Topic, string Payload)? will = null)
    {
        List<byte> body = [.. Text("MQTT"), 4, (byte)(will is null ? 0x02 : 0x06), 0, keepAlive, .. Text(id)];
        if (will is { } last)
            body.AddRange([.. Text(last.Topic), .. Text(last.Payload)]);
        return Packet(0x10, [.. body]);
    }

    /// <summary>A packet of less than 128 bytes.</summary>
    public static byte[] Packet(byte first, params byte[] body) => [first, (byte)body.Length, .. body];

    public static byte[] Text(string text) => [0, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    public async Task Send(byte[] bytes) => await _tcp.GetStream().WriteAsync(bytes);

    public async Task<byte[]> Receive(int count)
    {
        var bytes = new byte[count];
        using var patience = new CancellationTokenSource(Broker.Patience);
        await _tcp.GetStream().ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    /// <summary>Waits until the server has closed the connection, whatever it sends before.</summary>
    public async Task Closed()
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        try
        {
            var buffer = new byte[1024];
            while (await _tcp.GetStream().ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    public void Dispose() => _tcp.Dispose();
}

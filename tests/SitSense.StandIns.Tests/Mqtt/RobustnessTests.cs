using FsCheck;
using FsCheck.Fluent;
using MQTTnet;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class RobustnessTests
{
    public static TheoryData<string, byte[]> FirstPackets => new()
    {
        { "a PUBLISH before CONNECT", RawClient.Packet(0x30, [.. RawClient.Text("t"), 1]) },
        { "an unknown protocol level", RawClient.Packet(0x10, [.. RawClient.Text("MQTT"), 9, 2, 0, 0, .. RawClient.Text("x")]) },
        { "an unknown protocol", RawClient.Packet(0x10, [.. RawClient.Text("HTTP"), 4, 2, 0, 0, .. RawClient.Text("x")]) },
        { "a length that never ends", [0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "an id that is cut short", RawClient.Packet(0x10, [.. RawClient.Text("MQTT"), 4, 2, 0, 0, 0, 50, 1, 2]) },
        { "no id without a clean session", RawClient.Packet(0x10, [.. RawClient.Text("MQTT"), 4, 0, 0, 0, .. RawClient.Text("")]) },
        { "a web browser", "GET / HTTP/1.1\r\nHost: broker\r\nAccept: text/html\r\nUser-Agent: something like Mozilla\r\n\r\n"u8.ToArray() },
    };

    [Theory, MemberData(nameof(FirstPackets))]
    public async Task A_malformed_start_closes_that_connection_only(string what, byte[] bytes)
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("t");
        using var raw = await RawClient.Open(broker);

        await raw.Send(bytes);
        await raw.Closed();

        await client.PublishStringAsync("t", what, MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal($"t={what}", await inbox.NextText());
    }

    public static TheoryData<string, byte[]> LaterPackets => new()
    {
        { "a second CONNECT", RawClient.Connect("again", 0) },
        { "packet type 0", [0x00, 0x00] },
        { "packet type 15", [0xF0, 0x00] },
        { "QoS 3", RawClient.Packet(0x36, [.. RawClient.Text("elsewhere"), 0, 1, 1]) },
        { "a topic longer than its packet", RawClient.Packet(0x30, 0, 200, 1) },
        { "a length that never ends", [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "an acknowledgement without identifier", RawClient.Packet(0x40, 1) },
        { "an answer to a question that nobody asked", [0xD0, 0x00] },
        { "a filter that is cut short", RawClient.Packet(0x82, 0, 1, 0, 9, 1) },
    };

    [Theory, MemberData(nameof(LaterPackets))]
    public async Task A_malformed_packet_closes_that_connection_only(string what, byte[] bytes)
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("t/#");
        using var raw = await RawClient.Enter(broker, "raw");

        await raw.Send(bytes);
        await raw.Closed();

        await client.PublishStringAsync("t/end", what, MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.EndsWith(what, await inbox.NextText());
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Packets_may_come_byte_by_byte()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("t");
        using var raw = await RawClient.Enter(broker, "slow");

        foreach (var next in RawClient.Packet(0x32, [.. RawClient.Text("t"), 0, 9, (byte)'x']))
            await raw.Send([next]);

        Assert.Equal([0x40, 2, 0, 9], await raw.Receive(4));
        Assert.Equal("t=x", await inbox.NextText());
    }

    [Fact]
    public async Task No_garbage_harms_the_server()
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("end/of/the/garbage");
        var starts = Gen.Elements<byte>(0x10, 0x30, 0x32, 0x34, 0x3D, 0x40, 0x50, 0x62, 0x70, 0x82, 0xA2, 0xC0, 0xE0, 0xF0);
        var garbage = starts.Zip(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()).Select(pair => (byte[])[pair.Item1, (byte)pair.Item2.Length, .. pair.Item2]);

        Prop.ForAll(garbage.ToArbitrary(), bytes =>
        {
            using var raw = RawClient.Enter(broker, "garbage").GetAwaiter().GetResult();
            raw.Send(bytes).GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure();

        await client.PublishStringAsync("end/of/the/garbage", "still here", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal("end/of/the/garbage=still here", await inbox.NextText());
    }

    [Fact]
    public async Task A_subscriber_that_reads_nothing_holds_up_nobody()
    {
        var dropped = 0;
        await using var broker = await Broker.Start(options => options.WithMaxPendingMessagesPerClient(100), server =>
            server.QueuedApplicationMessageOverwrittenAsync += _ =>
            {
                Interlocked.Increment(ref dropped);
                return Task.CompletedTask;
            });
        using var stuck = await RawClient.Enter(broker, "stuck", receiveBuffer: 4096);
        await stuck.Send(RawClient.Packet(0x82, [0, 1, .. RawClient.Text("flood"), 0]));
        await stuck.Receive(5);
        var (_, inbox) = await broker.Subscribe("end");
        var sender = await broker.Connect();
        var payload = new byte[64 * 1024];

        for (var i = 0; i < 400; i++) // 26 MB, far more than sockets and queue hold
            await sender.PublishBinaryAsync("flood", payload, MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("end", "reached", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("end=reached", await inbox.NextText());
        Assert.True(dropped > 0);
        Assert.True((await broker.Server.GetSessionAsync("stuck")).PendingApplicationMessagesCount <= 100);
    }

    [Fact]
    public async Task A_filter_of_thousands_of_levels_is_survived()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var deep = new string('/', 60_000);
        await client.SubscribeAsync(deep);
        await client.SubscribeAsync("+" + deep + "/#");

        await client.PublishStringAsync("a" + deep, "x");

        Assert.True(await client.TryPingAsync());
    }
}

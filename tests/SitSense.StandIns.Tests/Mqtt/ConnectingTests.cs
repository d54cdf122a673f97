using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

public class ConnectingTests
{
    static Task<Broker> WithPassword() => Broker.Start(handlers: server => server.ValidatingConnectionAsync += connection =>
    {
        if (connection.UserName != "ann" || connection.Password != "secret")
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_refusal_is_a_result_and_no_exception(MqttProtocolVersion version)
    {
        await using var broker = await WithPassword();
        var client = broker.NewClient();
        var told = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += gone =>
        {
            told.TrySetResult(gone);
            return Task.CompletedTask;
        };

        var wrong = await client.ConnectAsync(broker.ClientOptions(version: version).WithCredentials("ann", "wrong").Build());
        var gone = await told.Task.WaitAsync(Broker.Patience);
        var right = await client.ConnectAsync(broker.ClientOptions(version: version).WithCredentials("ann", "secret").Build());

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, wrong.ResultCode);
        Assert.False(gone.ClientWasConnected);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, gone.ConnectResult.ResultCode);
        Assert.Equal(MqttClientConnectResultCode.Success, right.ResultCode);
        Assert.True(client.IsConnected);
    }

    sealed class Rotating : IMqttClientCredentialsProvider
    {
        public int Asked { get; private set; }

        public byte[] GetPassword(MqttClientOptions clientOptions) => Encoding.UTF8.GetBytes(Asked > 1 ? "secret" : "wrong");

        public string GetUserName(MqttClientOptions clientOptions)
        {
            Asked++;
            return "ann";
        }
    }

    [Fact]
    public async Task Credentials_are_asked_for_at_each_connect()
    {
        await using var broker = await WithPassword();
        var client = broker.NewClient();
        var options = broker.ClientOptions().WithCredentials(new Rotating()).Build();

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, (await client.ConnectAsync(options)).ResultCode);
        await client.ReconnectAsync();

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_communication_error()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // so that nobody else listens there
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((IPEndPoint)nobody.LocalEndPoint!).Port).WithTimeout(Broker.Patience).Build();
        using var client = new MqttClientFactory().CreateMqttClient();

        var error = await Assert.ThrowsAsync<MqttCommunicationException>(() => client.ConnectAsync(options));

        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task A_server_that_speaks_no_MQTT_is_a_failed_connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).WithTimeout(Broker.Patience).Build();

        await Assert.ThrowsAsync<MqttConnectingFailedException>(() => client.ConnectAsync(options));

        Assert.False(client.IsConnected);
        await serving;
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_with_the_token()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).Build();
        using var enough = new CancellationTokenSource();

        var connecting = client.ConnectAsync(options, enough.Token);
        using var mute = await listener.AcceptSocketAsync();
        await mute.ReceiveAsync(new byte[1]); // it has said CONNECT
        enough.Cancel();

        await Assert.ThrowsAsync<MqttConnectingFailedException>(() => connecting.WaitAsync(Broker.Patience));
    }

    [Fact]
    public async Task What_needs_a_connection_says_so_at_once()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var message = new MqttApplicationMessageBuilder().WithTopic("x").Build();

        Assert.Throws<MqttClientNotConnectedException>(() => { _ = client.PublishAsync(message); });
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(() => client.SubscribeAsync("x"));
        await Assert.ThrowsAsync<MqttClientNotConnectedException>(() => client.PingAsync());
        await client.DisconnectAsync();
        Assert.False(await client.TryPingAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ReconnectAsync());
    }

    [Fact]
    public async Task A_client_connects_once_at_a_time()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ConnectAsync(broker.ClientOptions().Build()));

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Leaving_and_coming_back_raises_the_events()
    {
        await using var broker = await Broker.Start();
        var client = broker.NewClient();
        var (connected, gone) = (0, new TaskCompletionSource<MqttClientDisconnectedEventArgs>());
        client.ConnectedAsync += _ =>
        {
            connected++;
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left);
            return Task.CompletedTask;
        };

        await client.ConnectAsync(broker.ClientOptions().Build());
        await client.DisconnectAsync();
        var left = await gone.Task.WaitAsync(Broker.Patience);
        await client.ReconnectAsync();

        Assert.Equal(2, connected);
        Assert.True(left.ClientWasConnected);
        Assert.Null(left.Exception);
        Assert.Equal(MqttClientDisconnectReason.NormalDisconnection, left.Reason);
        Assert.True((await client.PublishStringAsync("x", "x", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
    }

    [Fact]
    public async Task A_server_that_stops_tells_clients_of_MQTT_5_and_fails_what_waits()
    {
        var never = new TaskCompletionSource();
        var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += message => never.Task.WaitAsync(message.CancellationToken));
        using var client = new MqttClientFactory().CreateMqttClient();
        var gone = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(broker.ClientOptions().Build());
        var waiting = client.PublishStringAsync("x", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        await broker.DisposeAsync();

        Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, (await gone.Task.WaitAsync(Broker.Patience)).Reason);
        await Assert.ThrowsAsync<MqttClientUnexpectedDisconnectReceivedException>(() => waiting.WaitAsync(Broker.Patience));
    }

    [Fact]
    public void What_only_MQTT_5_knows_is_refused_for_an_older_version()
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer("localhost").WithProtocolVersion(MqttProtocolVersion.V311).WithReceiveMaximum(10);

        Assert.Throws<NotSupportedException>(() => options.Build());
    }

    [Fact]
    public void The_defaults_are_the_packages()
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer("broker").Build();
        var secure = new MqttClientOptionsBuilder().WithTcpServer("broker").WithTlsOptions(tls => tls.UseTls()).Build();
        var server = new MqttServerOptionsBuilder().Build();

        Assert.Equal((true, MqttProtocolVersion.V500, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(100)),
            (options.CleanSession, options.ProtocolVersion, options.KeepAlivePeriod, options.Timeout));
        Assert.Equal(new DnsEndPoint("broker", 1883), ((MqttClientTcpOptions)options.ChannelOptions).RemoteEndpoint);
        Assert.Equal(new DnsEndPoint("broker", 8883), ((MqttClientTcpOptions)secure.ChannelOptions).RemoteEndpoint);
        Assert.Equal((1000, MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage, false, 1883, false),
            (server.MaxPendingMessagesPerClient, server.PendingMessagesOverflowStrategy, server.EnablePersistentSessions,
                server.DefaultEndpointOptions.Port, server.DefaultEndpointOptions.IsEnabled));
        Assert.Throws<InvalidOperationException>(() => new MqttClientOptionsBuilder().Build());
        Assert.Throws<MqttProtocolViolationException>(() => new MqttApplicationMessageBuilder().Build());
    }

    [Fact]
    public async Task A_client_without_id_gets_one_in_MQTT_5_and_is_refused_in_the_older()
    {
        await using var broker = await Broker.Start(handlers: server => server.ValidatingConnectionAsync += connection =>
        {
            if (connection.ClientId.Length == 0)
                connection.AssignedClientIdentifier = "assigned";
            return Task.CompletedTask;
        });

        var assigned = await broker.NewClient().ConnectAsync(broker.ClientOptions("").Build());
        var refused = await broker.NewClient().ConnectAsync(broker.ClientOptions("", MqttProtocolVersion.V311).Build());

        Assert.Equal((MqttClientConnectResultCode.Success, "assigned"), (assigned.ResultCode, assigned.AssignedClientIdentifier));
        Assert.Equal(MqttClientConnectResultCode.ClientIdentifierNotValid, refused.ResultCode);
        Assert.False(assigned.SharedSubscriptionAvailable);
    }

    [Fact]
    public async Task Two_servers_cannot_have_one_port()
    {
        await using var broker = await Broker.Start();

        await Assert.ThrowsAsync<SocketException>(() => Broker.Start(options => options.WithDefaultEndpointPort(broker.Port)));
    }

    [Fact]
    public async Task A_ping_without_answer_ends_the_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var gone = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left);
            return Task.CompletedTask;
        };
        var connecting = client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port)
            .WithProtocolVersion(MqttProtocolVersion.V311).WithKeepAlivePeriod(TimeSpan.FromSeconds(1)).WithTimeout(Broker.Patience).Build());
        using var mute = await listener.AcceptSocketAsync();
        await mute.SendAsync(new byte[] { 0x20, 2, 0, 0 }); // CONNACK, and then nothing

        await connecting;
        var left = await gone.Task.WaitAsync(Broker.Patience);

        Assert.IsType<MqttCommunicationTimedOutException>(left.Exception);
        Assert.True(left.ClientWasConnected);
    }
}

using System.Diagnostics;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SitSense.Testing;

namespace SitSense.StandIns.Tests.Mqtt;

public class ClientMeetsMosquittoTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Messages_of_every_quality_and_retained_ones_arrive(MqttProtocolVersion version)
    {
        using var mosquitto = await MosquittoServer.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var inbox = new Inbox(client);
        await client.ConnectAsync(mosquitto.ClientOptions(version).Build());
        await client.PublishStringAsync("t/kept", "retained", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        await client.SubscribeAsync("t/+", MqttQualityOfServiceLevel.ExactlyOnce);
        Assert.Equal("t/kept=retained", await inbox.NextText());
        for (var qos = MqttQualityOfServiceLevel.AtMostOnce; qos <= MqttQualityOfServiceLevel.ExactlyOnce; qos++)
        {
            Assert.True((await client.PublishStringAsync("t/x", $"{qos}", qos)).IsSuccess);
            var message = await inbox.Next();
            Assert.Equal(($"{qos}", qos), (message.ConvertPayloadToString(), message.QualityOfServiceLevel));
        }
        await client.PingAsync();
        await client.UnsubscribeAsync("t/+");
        await client.DisconnectAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task What_was_not_acknowledged_comes_again_after_a_reconnect(MqttProtocolVersion version)
    {
        using var mosquitto = await MosquittoServer.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var arrivals = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
        client.ApplicationMessageReceivedAsync += arrival =>
        {
            arrival.AutoAcknowledge = false;
            arrivals.Writer.TryWrite(arrival);
            return Task.CompletedTask;
        };
        var options = mosquitto.ClientOptions(version, "patient").WithCleanSession(false);
        if (version == MqttProtocolVersion.V500)
            options.WithSessionExpiryInterval(3600).WithReceiveMaximum(10);
        await client.ConnectAsync(options.Build());
        await client.SubscribeAsync("work", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("work", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("work", "2", MqttQualityOfServiceLevel.AtLeastOnce);
        var (first, second) = (await arrivals.Reader.ReadAsync(), await arrivals.Reader.ReadAsync());
        Assert.Equal(("1", "2"), (first.ApplicationMessage.ConvertPayloadToString(), second.ApplicationMessage.ConvertPayloadToString()));
        await first.AcknowledgeAsync(CancellationToken.None);
        await client.DisconnectAsync();

        Assert.True((await client.ConnectAsync(options.Build())).IsSessionPresent);
        var again = await arrivals.Reader.ReadAsync().AsTask().WaitAsync(Broker.Patience);
        Assert.Equal(("2", true), (again.ApplicationMessage.ConvertPayloadToString(), again.ApplicationMessage.Dup));
        await again.AcknowledgeAsync(CancellationToken.None);
        await client.PublishStringAsync("work", "3", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal("3", (await arrivals.Reader.ReadAsync().AsTask().WaitAsync(Broker.Patience)).ApplicationMessage.ConvertPayloadToString());
    }

    [Fact]
    public async Task A_thousand_messages_at_once_are_all_answered()
    {
        using var mosquitto = await MosquittoServer.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var inbox = new Inbox(client);
        await client.ConnectAsync(mosquitto.ClientOptions(MqttProtocolVersion.V311).Build());
        await client.SubscribeAsync("many", MqttQualityOfServiceLevel.AtLeastOnce);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.PublishStringAsync("many", $"{i}", MqttQualityOfServiceLevel.AtLeastOnce)));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"many={i}"), await inbox.NextTexts(1000));
    }

    [Fact]
    public async Task The_will_of_a_client_that_vanishes_is_published()
    {
        using var mosquitto = await MosquittoServer.Start();
        using var client = new MqttClientFactory().CreateMqttClient();
        var inbox = new Inbox(client);
        await client.ConnectAsync(mosquitto.ClientOptions(MqttProtocolVersion.V500).Build());
        await client.SubscribeAsync("status");
        var mortal = new MqttClientFactory().CreateMqttClient();
        await mortal.ConnectAsync(mosquitto.ClientOptions(MqttProtocolVersion.V500).WithWillTopic("status").WithWillPayload("offline").Build());

        mortal.Dispose();

        Assert.Equal("status=offline", await inbox.NextText());
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_password_is_asked_for_over_TLS_of_an_own_authority(MqttProtocolVersion version)
    {
        using var certificates = new Certificates();
        using var mosquitto = await MosquittoServer.Start(folder =>
        {
            string Write(string name, string text)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
                return Path.Combine(folder, name);
            }
            var users = Path.Combine(folder, "users");
            using (var hashing = Process.Start(Needs.Program("mosquitto_passwd", "mosquitto"), ["-b", "-c", users, "ann", "secret"]))
                hashing.WaitForExit();
            return $"""
                allow_anonymous false
                password_file {users}
                cafile {Write("ca.pem", certificates.Authority.ExportCertificatePem())}
                certfile {Write("server.pem", certificates.Server.ExportCertificatePem())}
                keyfile {Write("key.pem", certificates.Key)}
                """;
        });
        MqttClientOptionsBuilder Options(string password) => mosquitto.ClientOptions(version).WithCredentials("ann", password)
            .WithTlsOptions(tls => tls.WithTrustChain([certificates.Authority]));
        using var client = new MqttClientFactory().CreateMqttClient();

        var wrong = (await client.ConnectAsync(Options("wrong").Build())).ResultCode;
        var right = (await client.ConnectAsync(Options("secret").Build())).ResultCode;

        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, wrong);
        Assert.Equal(MqttClientConnectResultCode.Success, right);
        Assert.True((await client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        using var stranger = new MqttClientFactory().CreateMqttClient();
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => stranger.ConnectAsync(mosquitto.ClientOptions(version).WithTlsOptions(tls => tls.UseTls()).Build()));
    }

    [Fact]
    public async Task A_broker_that_goes_away_and_comes_back_is_found_again_by_a_caller_that_tries()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var gone = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left);
            return Task.CompletedTask;
        };
        using (var before = await MosquittoServer.Start())
            await client.ConnectAsync(before.ClientOptions(MqttProtocolVersion.V500).Build());
        Assert.True((await gone.Task.WaitAsync(Broker.Patience)).ClientWasConnected);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.ReconnectAsync());

        using var after = await MosquittoServer.Start();
        await client.ConnectAsync(after.ClientOptions(MqttProtocolVersion.V500).Build());

        Assert.True(await client.TryPingAsync());
    }
}

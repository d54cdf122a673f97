using System.Net;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class TlsTests
{
    static Task<Broker> Start(Certificates certificates) => Broker.Start(options => options
        .WithEncryptedEndpoint().WithEncryptedEndpointPort(0).WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
        .WithEncryptedEndpointBoundIPV6Address(IPAddress.None).WithEncryptionCertificate(certificates.Server));

    static MqttClientOptions Options(Broker broker, string host, Action<MqttClientTlsOptionsBuilder> tls) => broker.ClientOptions()
        .WithTcpServer(host, broker.Options.TlsEndpointOptions.Port).WithTlsOptions(tls).Build();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_server_of_a_trusted_authority_is_trusted(string host)
    {
        using var certificates = new Certificates();
        var secure = new TaskCompletionSource<bool>();
        await using var broker = await Start(certificates);
        broker.Server.ValidatingConnectionAsync += connection =>
        {
            secure.TrySetResult(connection.IsSecureConnection);
            return Task.CompletedTask;
        };
        var client = broker.NewClient();
        var inbox = new Inbox(client);

        await client.ConnectAsync(Options(broker, host, tls => tls.WithTrustChain([certificates.Authority])));
        await client.SubscribeAsync("t");
        await client.PublishBinaryAsync("t", new byte[300_000], MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(300_000, (await inbox.Next()).Payload.Length);
        Assert.True(await secure.Task);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not()
    {
        using var certificates = new Certificates();
        using var others = new Certificates();
        await using var broker = await Start(certificates);

        var error = await Assert.ThrowsAnyAsync<MqttCommunicationException>(
            () => broker.NewClient().ConnectAsync(Options(broker, "localhost", tls => tls.WithTrustChain([others.Authority]))));
        Assert.IsType<AuthenticationException>(error.InnerException);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => broker.NewClient().ConnectAsync(Options(broker, "localhost", tls => tls.UseTls())));
    }

    [Fact]
    public async Task A_certificate_of_another_name_is_not_trusted()
    {
        using var certificates = new Certificates();
        await using var broker = await Start(certificates);

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => broker.NewClient().ConnectAsync(
            Options(broker, "localhost", tls => tls.WithTrustChain([certificates.Authority]).WithTargetHost("broker.example"))));
    }

    [Fact]
    public async Task The_program_may_judge_the_certificate_itself()
    {
        using var certificates = new Certificates();
        await using var broker = await Start(certificates);

        var result = await broker.NewClient().ConnectAsync(Options(broker, "localhost", tls =>
            tls.WithCertificateValidationHandler(seen => seen.Certificate.GetCertHashString() == certificates.Server.GetCertHashString())));

        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
    }
}

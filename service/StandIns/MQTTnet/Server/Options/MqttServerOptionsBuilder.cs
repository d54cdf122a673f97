using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Certificates;

namespace MQTTnet.Server;

/// <summary>Builds a <see cref="MqttServerOptions"/>.</summary>
public class MqttServerOptionsBuilder
{
    readonly MqttServerOptions _options = new();

    public MqttServerOptions Build() => _options;

    public MqttServerOptionsBuilder WithClientCertificate(RemoteCertificateValidationCallback validationCallback = null, bool checkCertificateRevocation = false) =>
        With(o =>
        {
            o.TlsEndpointOptions.ClientCertificateRequired = true;
            o.TlsEndpointOptions.CheckCertificateRevocation = checkCertificateRevocation;
            o.TlsEndpointOptions.RemoteCertificateValidationCallback = validationCallback;
        });

    public MqttServerOptionsBuilder WithConnectionBacklog(int value) =>
        With(o => o.DefaultEndpointOptions.ConnectionBacklog = o.TlsEndpointOptions.ConnectionBacklog = value);

    public MqttServerOptionsBuilder WithDefaultCommunicationTimeout(TimeSpan value) => With(o => o.DefaultCommunicationTimeout = value);

    public MqttServerOptionsBuilder WithDefaultEndpoint() => With(o => o.DefaultEndpointOptions.IsEnabled = true);

    public MqttServerOptionsBuilder WithDefaultEndpointBoundIPAddress(IPAddress value) =>
        With(o => o.DefaultEndpointOptions.BoundInterNetworkAddress = value ?? IPAddress.Any);

    public MqttServerOptionsBuilder WithDefaultEndpointBoundIPV6Address(IPAddress value) =>
        With(o => o.DefaultEndpointOptions.BoundInterNetworkV6Address = value ?? IPAddress.Any);

    public MqttServerOptionsBuilder WithDefaultEndpointPort(int value) => With(o => o.DefaultEndpointOptions.Port = value);

    public MqttServerOptionsBuilder WithDefaultEndpointReuseAddress() => With(o => o.DefaultEndpointOptions.ReuseAddress = true);

    public MqttServerOptionsBuilder WithEncryptedEndpoint() => With(o => o.TlsEndpointOptions.IsEnabled = true);

    public MqttServerOptionsBuilder WithEncryptedEndpointBoundIPAddress(IPAddress value) => With(o => o.TlsEndpointOptions.BoundInterNetworkAddress = value);

    public MqttServerOptionsBuilder WithEncryptedEndpointBoundIPV6Address(IPAddress value) => With(o => o.TlsEndpointOptions.BoundInterNetworkV6Address = value);

    public MqttServerOptionsBuilder WithEncryptedEndpointPort(int value) => With(o => o.TlsEndpointOptions.Port = value);

    public MqttServerOptionsBuilder WithEncryptionCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return WithEncryptionCertificate(new X509CertificateProvider(certificate));
    }

    public MqttServerOptionsBuilder WithEncryptionCertificate(ICertificateProvider certificateProvider)
    {
        ArgumentNullException.ThrowIfNull(certificateProvider);
        return With(o => o.TlsEndpointOptions.CertificateProvider = certificateProvider);
    }

    public MqttServerOptionsBuilder WithEncryptionSslProtocol(SslProtocols value) => With(o => o.TlsEndpointOptions.SslProtocol = value);

    public MqttServerOptionsBuilder WithKeepAlive() => With(o => o.DefaultEndpointOptions.KeepAlive = o.TlsEndpointOptions.KeepAlive = true);

    public MqttServerOptionsBuilder WithMaxPendingMessagesPerClient(int value) => With(o => o.MaxPendingMessagesPerClient = value);

    public MqttServerOptionsBuilder WithoutDefaultEndpoint() => With(o => o.DefaultEndpointOptions.IsEnabled = false);

    public MqttServerOptionsBuilder WithoutEncryptedEndpoint() => With(o => o.TlsEndpointOptions.IsEnabled = false);

    public MqttServerOptionsBuilder WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy value) =>
        With(o => o.PendingMessagesOverflowStrategy = value);

    public MqttServerOptionsBuilder WithPersistentSessions(bool value = true) => With(o => o.EnablePersistentSessions = value);

    public MqttServerOptionsBuilder WithRemoteCertificateValidationCallback(RemoteCertificateValidationCallback value) =>
        With(o => o.TlsEndpointOptions.RemoteCertificateValidationCallback = value);

    MqttServerOptionsBuilder With(Action<MqttServerOptions> set)
    {
        set(_options);
        return this;
    }
}

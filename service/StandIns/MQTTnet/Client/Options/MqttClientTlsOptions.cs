using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Whether and how TLS is used.</summary>
public sealed class MqttClientTlsOptions
{
    /// <summary>Judges in place of the built-in rules.</summary>
    public Func<MqttClientCertificateValidationEventArgs, bool> CertificateValidationHandler { get; set; }

    public IMqttClientCertificatesProvider ClientCertificatesProvider { get; set; }
    public bool IgnoreCertificateChainErrors { get; set; }
    public bool IgnoreCertificateRevocationErrors { get; set; }
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.Online;
    public SslProtocols SslProtocol { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The name that the certificate must carry; the server's host name unless set.</summary>
    public string TargetHost { get; set; }

    /// <summary>The only roots that are trusted, if there are any.</summary>
    public X509Certificate2Collection TrustChain { get; set; }

    public bool UseTls { get; set; }
}

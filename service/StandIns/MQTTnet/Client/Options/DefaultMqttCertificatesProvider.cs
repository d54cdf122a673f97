using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Always the same certificates.</summary>
public sealed class DefaultMqttCertificatesProvider : IMqttClientCertificatesProvider
{
    readonly X509Certificate2Collection _certificates;

    public DefaultMqttCertificatesProvider(X509Certificate2Collection certificates)
    {
        _certificates = certificates;
    }

    public DefaultMqttCertificatesProvider(IEnumerable<X509Certificate> certificates)
    {
        _certificates = certificates is null ? null : new X509Certificate2Collection(certificates.OfType<X509Certificate2>().ToArray());
    }

    public X509CertificateCollection GetCertificates() => _certificates;
}

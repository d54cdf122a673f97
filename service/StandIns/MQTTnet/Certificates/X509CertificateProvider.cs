using System.Security.Cryptography.X509Certificates;

namespace MQTTnet.Certificates;

/// <summary>Always the same certificate.</summary>
public class X509CertificateProvider(X509Certificate2 certificate) : ICertificateProvider
{
    readonly X509Certificate2 _certificate = certificate ?? throw new ArgumentNullException(nameof(certificate));

    public X509Certificate2 GetCertificate() => _certificate;
}

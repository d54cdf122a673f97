using System.Security.Cryptography.X509Certificates;

namespace MQTTnet;

/// <summary>Gives the client's certificates, asked at each connect.</summary>
public interface IMqttClientCertificatesProvider
{
    X509CertificateCollection GetCertificates();
}

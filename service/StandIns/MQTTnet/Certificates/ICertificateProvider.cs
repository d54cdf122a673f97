using System.Security.Cryptography.X509Certificates;

namespace MQTTnet.Certificates;

/// <summary>Gives the server's certificate, asked at each connection.</summary>
public interface ICertificateProvider
{
    X509Certificate2 GetCertificate();
}

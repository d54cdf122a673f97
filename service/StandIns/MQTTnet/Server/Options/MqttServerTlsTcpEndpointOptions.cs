using System.Net.Security;
using System.Security.Authentication;
using MQTTnet.Certificates;

namespace MQTTnet.Server;

/// <summary>The port with TLS.</summary>
public sealed class MqttServerTlsTcpEndpointOptions : MqttServerTcpEndpointBaseOptions
{
    public MqttServerTlsTcpEndpointOptions()
    {
        Port = 8883;
    }

    public ICertificateProvider CertificateProvider { get; set; }
    public bool CheckCertificateRevocation { get; set; }
    public bool ClientCertificateRequired { get; set; }
    public RemoteCertificateValidationCallback RemoteCertificateValidationCallback { get; set; }
    public SslProtocols SslProtocol { get; set; } = SslProtocols.None;
}

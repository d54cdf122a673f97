using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MQTTnet.Implementations;

/// <summary>The client's side of TLS.</summary>
static class ClientTls
{
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server's certificate is not trusted.</exception>
    public static async Task<Stream> Wrap(Stream stream, MqttClientTcpOptions tcpOptions, CancellationToken cancellationToken)
    {
        var options = tcpOptions.TlsOptions;
        var revocation = options.IgnoreCertificateRevocationErrors ? X509RevocationMode.NoCheck : options.RevocationMode;
        var tls = new SslStream(stream, false, (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, tcpOptions));
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = !string.IsNullOrEmpty(options.TargetHost) ? options.TargetHost : (tcpOptions.RemoteEndpoint as DnsEndPoint)?.Host,
            ClientCertificates = options.ClientCertificatesProvider?.GetCertificates(),
            EnabledSslProtocols = options.SslProtocol,
            CertificateRevocationCheckMode = revocation,
        };
        if (options.TrustChain?.Count > 0)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown,
                RevocationMode = revocation,
            };
            authentication.CertificateChainPolicy.CustomTrustStore.AddRange(options.TrustChain);
        }
        try
        {
            await tls.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static bool IsTrusted(X509Certificate certificate, X509Chain chain, SslPolicyErrors errors, MqttClientTcpOptions tcpOptions)
    {
        if (tcpOptions.TlsOptions.CertificateValidationHandler is { } handler)
            return handler(new MqttClientCertificateValidationEventArgs(certificate, chain, errors, tcpOptions));
        if (tcpOptions.TlsOptions.IgnoreCertificateChainErrors)
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        return errors == SslPolicyErrors.None;
    }
}

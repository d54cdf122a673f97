using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Builds a <see cref="MqttClientOptions"/>.</summary>
public sealed class MqttClientOptionsBuilder
{
    readonly MqttClientOptions _options = new();
    int? _port;
    EndPoint _remoteEndPoint;
    MqttClientTcpOptions _tcpOptions;
    MqttClientTlsOptions _tlsOptions;

    /// <exception cref="InvalidOperationException">No server is named.</exception>
    /// <exception cref="NotSupportedException">An option needs MQTT 5.</exception>
    public MqttClientOptions Build()
    {
        if (_tcpOptions is null)
            throw new InvalidOperationException("A channel must be set.");
        _tcpOptions.TlsOptions = _tlsOptions ?? _tcpOptions.TlsOptions;
        if (_remoteEndPoint is null)
            throw new ArgumentException("No endpoint is set.");
        var port = _port ?? (_tcpOptions.TlsOptions?.UseTls == false ? MqttPorts.Default : MqttPorts.Secure);
        _tcpOptions.RemoteEndpoint ??= _remoteEndPoint switch
        {
            DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, port, dns.AddressFamily),
            IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, port),
            _ => _remoteEndPoint,
        };
        _options.ChannelOptions = _tcpOptions;
        Mqtt5Only.ThrowIfUsed(_options);
        return _options;
    }

    public MqttClientOptionsBuilder WithAddressFamily(AddressFamily addressFamily)
    {
        _tcpOptions.AddressFamily = addressFamily;
        return this;
    }

    public MqttClientOptionsBuilder WithCleanSession(bool value = true)
    {
        _options.CleanSession = value;
        return this;
    }

    public MqttClientOptionsBuilder WithCleanStart(bool value = true) => WithCleanSession(value);

    public MqttClientOptionsBuilder WithClientId(string value)
    {
        _options.ClientId = value;
        return this;
    }

    /// <param name="uri"><c>mqtt://user:password@host:port</c>, <c>mqtts://</c> or <c>tcp://</c>.</param>
    /// <exception cref="ArgumentException">The scheme is another.</exception>
    public MqttClientOptionsBuilder WithConnectionUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var scheme = uri.Scheme.ToLowerInvariant();
        if (scheme is not ("tcp" or "mqtt" or "mqtts"))
            throw new ArgumentException("Unexpected scheme in uri.");
        WithTcpServer(uri.Host, uri.IsDefaultPort ? null : uri.Port).WithTlsOptions(o => o.UseTls(scheme == "mqtts"));
        if (uri.UserInfo.Length == 0)
            return this;
        var parts = uri.UserInfo.Split(':');
        return WithCredentials(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    public MqttClientOptionsBuilder WithConnectionUri(string uri) => WithConnectionUri(new Uri(uri, UriKind.Absolute));

    public MqttClientOptionsBuilder WithCredentials(string username, string password) =>
        WithCredentials(username, password is null ? null : Encoding.UTF8.GetBytes(password));

    public MqttClientOptionsBuilder WithCredentials(string username, byte[] password = null) =>
        WithCredentials(new MqttClientCredentials(username, password));

    public MqttClientOptionsBuilder WithCredentials(IMqttClientCredentialsProvider credentials)
    {
        _options.Credentials = credentials;
        return this;
    }

    public MqttClientOptionsBuilder WithEndPoint(EndPoint endPoint)
    {
        _remoteEndPoint = endPoint ?? throw new ArgumentNullException(nameof(endPoint));
        _tcpOptions = new MqttClientTcpOptions();
        return this;
    }

    public MqttClientOptionsBuilder WithKeepAlivePeriod(TimeSpan value)
    {
        _options.KeepAlivePeriod = value;
        return this;
    }

    public MqttClientOptionsBuilder WithMaximumPacketSize(uint maximumPacketSize)
    {
        _options.MaximumPacketSize = maximumPacketSize;
        return this;
    }

    public MqttClientOptionsBuilder WithNoKeepAlive() => WithKeepAlivePeriod(TimeSpan.Zero);

    public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value)
    {
        if (value == MqttProtocolVersion.Unknown)
            throw new ArgumentException("Protocol version is invalid.");
        _options.ProtocolVersion = value;
        return this;
    }

    public MqttClientOptionsBuilder WithReceiveMaximum(ushort receiveMaximum)
    {
        _options.ReceiveMaximum = receiveMaximum;
        return this;
    }

    public MqttClientOptionsBuilder WithSessionExpiryInterval(uint sessionExpiryInterval)
    {
        _options.SessionExpiryInterval = sessionExpiryInterval;
        return this;
    }

    public MqttClientOptionsBuilder WithTcpServer(string host, int? port = null, AddressFamily addressFamily = AddressFamily.Unspecified)
    {
        ArgumentNullException.ThrowIfNull(host);
        _tcpOptions = new MqttClientTcpOptions();
        _remoteEndPoint = new DnsEndPoint(host, port ?? 0, addressFamily);
        _port = port;
        return this;
    }

    public MqttClientOptionsBuilder WithTimeout(TimeSpan value)
    {
        _options.Timeout = value;
        return this;
    }

    public MqttClientOptionsBuilder WithTlsOptions(MqttClientTlsOptions tlsOptions)
    {
        _tlsOptions = tlsOptions;
        return this;
    }

    public MqttClientOptionsBuilder WithTlsOptions(Action<MqttClientTlsOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new MqttClientTlsOptionsBuilder();
        configure(builder);
        return WithTlsOptions(builder.Build());
    }

    public MqttClientOptionsBuilder WithTopicAliasMaximum(ushort topicAliasMaximum)
    {
        _options.TopicAliasMaximum = topicAliasMaximum;
        return this;
    }

    public MqttClientOptionsBuilder WithUserProperty(string name, ReadOnlyMemory<byte> value)
    {
        (_options.UserProperties ??= []).Add(new MqttUserProperty(name, value));
        return this;
    }

    public MqttClientOptionsBuilder WithWillContentType(string willContentType)
    {
        _options.WillContentType = willContentType;
        return this;
    }

    public MqttClientOptionsBuilder WithWillDelayInterval(uint willDelayInterval)
    {
        _options.WillDelayInterval = willDelayInterval;
        return this;
    }

    public MqttClientOptionsBuilder WithWillMessageExpiryInterval(uint willMessageExpiryInterval)
    {
        _options.WillMessageExpiryInterval = willMessageExpiryInterval;
        return this;
    }

    public MqttClientOptionsBuilder WithWillPayload(byte[] willPayload)
    {
        _options.WillPayload = willPayload;
        return this;
    }

    public MqttClientOptionsBuilder WithWillPayload(string willPayload) =>
        WithWillPayload(string.IsNullOrEmpty(willPayload) ? null : Encoding.UTF8.GetBytes(willPayload));

    public MqttClientOptionsBuilder WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel willQualityOfServiceLevel)
    {
        _options.WillQualityOfServiceLevel = willQualityOfServiceLevel;
        return this;
    }

    public MqttClientOptionsBuilder WithWillRetain(bool willRetain = true)
    {
        _options.WillRetain = willRetain;
        return this;
    }

    public MqttClientOptionsBuilder WithWillTopic(string willTopic)
    {
        _options.WillTopic = willTopic;
        return this;
    }
}

using System;
using System.Collections.Generic;
using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// nanoFramework's MQTT client, 3.1.1 only, over real TCP. As in the original: Connect returns the broker's code and throws when there is none; Publish
/// only queues, and never says that the connection is gone; answers, messages and the loss come as events on another thread; what is not acknowledged
/// within a second is sent three times, then reported as not published; closing drops what is queued.
/// </summary>
public partial class MqttClient : IDisposable
{
    const int CloseMs = 200;

    /// <summary>Real ms that time waits for retained messages after a subscription was granted, for brokers that send them beside their answers.</summary>
    const int RetainedMs = 30;

    readonly VirtualBoard board = VirtualBoard.Current;
    readonly string host;
    readonly int port;
    readonly IPAddress address;
    readonly bool secure;
    readonly X509Certificate ca, certificate;
    readonly MqttSslProtocols protocol;
    readonly Signal pending = new Signal();
    readonly Queue<InflightMessage> unsent = new Queue<InflightMessage>();
    readonly MqttConnection connection;
    readonly Inflight inflight;
    readonly KeepAlive keepAlive;
    bool running, closing;
    ushort lastId;

    public MqttClient(string brokerHostName) : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    /// <summary>Resolves the host's name, so without a network it throws.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    public MqttClient(string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol)
    {
        host = brokerHostName;
        port = brokerPort;
        this.secure = secure;
        ca = caCert;
        certificate = clientCert;
        protocol = sslProtocol;
        connection = new MqttConnection(board);
        connection.Arrived += Arrived;
        connection.Lost += Lost;
        inflight = new Inflight(board, Settings);
        keepAlive = new KeepAlive(board);
        if (!board.Network.IsAssociated)
            throw new SocketException((int)SocketError.HostNotFound);
        var addresses = Dns.GetHostAddresses(host, AddressFamily.InterNetwork);
        address = addresses.Length > 0 ? addresses[0] : throw new SocketException((int)SocketError.HostNotFound);
    }

    public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    public delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

    public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    public event MqttMsgPublishEventHandler MqttMsgPublishReceived;

    public event MqttMsgPublishedEventHandler MqttMsgPublished;

    public event MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    public event MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    public event ConnectionClosedEventHandler ConnectionClosed;

    public bool IsConnected { get; private set; }

    public string ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public bool WillFlag { get; private set; }

    public MqttSettings Settings { get; } = new MqttSettings();

    public MqttReasonCode Connect(string clientId) => Connect(clientId, null, null);

    public MqttReasonCode Connect(string clientId, string username, string password) => Connect(clientId, username, password, true, 60);

    public MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod) =>
        Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

    /// <returns>The broker's answer; 0 is yes.</returns>
    /// <exception cref="MqttConnectionException">The broker cannot be reached.</exception>
    /// <exception cref="MqttCommunicationException">The broker closed the connection, or said nothing for 30 s.</exception>
    public MqttReasonCode Connect(
        string clientId,
        string username,
        string password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string willTopic,
        string willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        closing = false;
        keepAlive.Begin();
        var hello = MqttPackets.Connect(
            clientId, username, password, willRetain, willQosLevel, willFlag, willTopic, willMessage, cleanSession, keepAlivePeriod);
        var code = connection.Open(OpenChannel, hello, Settings.TimeoutOnReceiving);
        running = true;
        keepAlive.Sent();
        if (code == MqttReasonCode.Success)
        {
            ClientId = clientId;
            CleanSession = cleanSession;
            WillFlag = willFlag;
            keepAlive.PeriodMs = keepAlivePeriod * 1000;
            board.Start(Serve);
            IsConnected = true;
            while (unsent.TryDequeue(out var message))
                Launch(message);
        }
        return code;
    }

    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    public void Disconnect()
    {
        Send(MqttPackets.Disconnect());
        BeginClosing();
    }

    /// <summary>Ends the connection without a word to the broker or an event; queued messages are dropped.</summary>
    public void Close()
    {
        running = false;
        board.Clock.Set(pending);
        board.Sleep(CloseMs);
        Drop();
    }

    public void Dispose()
    {
        BeginClosing();
        Close();
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        if (topics is null || topics.Length == 0)
            throw new MqttClientException(MqttClientErrorCode.TopicsEmpty);
        if (qosLevels is null || qosLevels.Length == 0)
            throw new MqttClientException(MqttClientErrorCode.QosLevelsEmpty);
        if (topics.Length != qosLevels.Length)
            throw new MqttClientException(MqttClientErrorCode.TopicsQosLevelsNotMatch);
        var id = NextId();
        Queue(new InflightMessage { Id = id, Packet = MqttPackets.Subscribe(topics, qosLevels, id) });
        return id;
    }

    public ushort Unsubscribe(string[] topics)
    {
        var id = NextId();
        Queue(new InflightMessage { Id = id, Packet = MqttPackets.Unsubscribe(topics, id) });
        return id;
    }

    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null, null, MqttQoSLevel.AtMostOnce, false);

    /// <summary>Queues a message.</summary>
    /// <returns>Its id, which <see cref="MqttMsgPublished"/> names when the broker acknowledged it.</returns>
    /// <exception cref="NotSupportedException">A content type or user properties, which 3.1.1 has not; exactly-once, which this stand-in has not.</exception>
    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 } || qosLevel == MqttQoSLevel.ExactlyOnce)
            throw new NotSupportedException();
        var id = NextId();
        byte[] packet;
        try
        {
            packet = MqttPackets.PublishTo(topic, message, qosLevel, retain, false, id);
        }
        catch (MqttClientException)
        {
            // The original meets it on its sending thread, and gives the connection up.
            BeginClosing();
            return id;
        }
        if (qosLevel == MqttQoSLevel.AtMostOnce)
            TrySend(packet);
        else
            Queue(new InflightMessage { Id = id, IsPublish = true, Packet = packet });
        return id;
    }

    MqttChannel OpenChannel() =>
        MqttChannel.Connect(board.Network, address, port, host, secure, Settings.ValidateServerCertificate, ca, certificate, protocol);

    ushort NextId() => lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
}

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
public class MqttClient : IDisposable
{
    const int CloseMs = 200;

    /// <summary>Real ms that time waits for retained messages after a subscription was granted.</summary>
    const int RetainedMs = 30;

    readonly VirtualBoard board = VirtualBoard.Current;
    readonly string host;
    readonly int port;
    readonly IPAddress address;
    readonly bool secure;
    readonly X509Certificate ca, certificate;
    readonly MqttSslProtocols protocol;
    readonly object gate = new object();
    readonly Signal pending = new Signal(), answered = new Signal();
    readonly Queue<(byte First, byte[] Body)> received = new Queue<(byte, byte[])>();
    readonly Queue<InflightMessage> unsent = new Queue<InflightMessage>();
    readonly List<InflightMessage> inflight = new List<InflightMessage>();
    MqttChannel channel;
    Hold connecting, pinging;
    MqttReasonCode? connack;
    bool running, closing, pinged;
    long lastSent, pingedAt;
    int keepAliveMs;
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
        try
        {
            channel = MqttChannel.Connect(board.Network, address, port, host, secure, Settings.ValidateServerCertificate, ca, certificate, protocol);
        }
        catch (SocketException e)
        {
            throw new MqttConnectionException($"Socket exception connecting to the broker: {e.ErrorCode}", e);
        }
        catch (Exception e) when (e is not PowerLost)
        {
            throw new MqttConnectionException("Exception connecting to the broker", e);
        }
        running = true;
        closing = false;
        pinged = false;
        connack = null;
        connecting = board.Clock.HoldStill();
        var mine = channel;
        mine.Listen((first, body) => Receive(mine, first, body), () => Lost(mine));
        Send(MqttPackets.Connect(
            clientId, username, password, willRetain, willQosLevel, willFlag, willTopic, willMessage, cleanSession, keepAlivePeriod));
        board.Wait(Settings.TimeoutOnReceiving, answered);
        connecting.Dispose();
        if (connack is not { } code)
        {
            mine.Dispose();
            throw new MqttCommunicationException();
        }
        if (code == MqttReasonCode.Success)
        {
            ClientId = clientId;
            CleanSession = cleanSession;
            WillFlag = willFlag;
            keepAliveMs = keepAlivePeriod * 1000;
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

    ushort NextId() => lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);

    void Queue(InflightMessage message)
    {
        if (inflight.Count >= Settings.InflightQueueSize)
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        if (running)
            Launch(message);
        else
            unsent.Enqueue(message);
    }

    void Launch(InflightMessage message)
    {
        message.Attempts++;
        message.SentAt = board.Uptime;
        if (message.Attempts > 1 && message.IsPublish)
            message.Packet[0] |= 8;
        message.Hold?.Dispose();
        lock (gate)
        {
            if (message.Attempts == 1)
                inflight.Add(message);
            message.Hold = board.Clock.HoldStill();
        }
        TrySend(message.Packet);
        board.Clock.Set(pending);
    }

    void TrySend(byte[] packet)
    {
        try
        {
            Send(packet);
        }
        catch (MqttCommunicationException)
        {
            BeginClosing();
        }
    }

    void Send(byte[] packet)
    {
        board.NeedPower();
        try
        {
            (channel ?? throw new SocketException((int)SocketError.NotConnected)).Send(packet);
            lastSent = board.Uptime;
        }
        catch (Exception e)
        {
            throw new MqttCommunicationException(e);
        }
    }

    void BeginClosing()
    {
        if (closing)
            return;
        closing = true;
        IsConnected = false;
        board.Clock.Set(pending);
    }

    /// <summary>On the channel's real thread.</summary>
    void Receive(MqttChannel from, byte first, byte[] body)
    {
        if (from != channel)
            return;
        var type = first >> 4;
        if (type == MqttPackets.Connack)
        {
            connack = (MqttReasonCode)body[1];
            board.Clock.Set(answered);
            connecting.Dispose();
            return;
        }
        lock (gate)
        {
            received.Enqueue((first, body));
            // Time must not move before the client's thread has seen the answer, so it is woken before the hold ends.
            board.Clock.Set(pending);
            if (type is MqttPackets.Puback or MqttPackets.Suback or MqttPackets.Unsuback)
                Release(MqttPackets.NumberAt(body, 0), type == MqttPackets.Suback);
            else if (type == MqttPackets.Pingresp)
                pinging?.Dispose();
        }
    }

    void Release(ushort id, bool expectsRetained)
    {
        foreach (var message in inflight)
            if (message.Id == id)
            {
                if (expectsRetained)
                    board.Clock.HoldStill(RetainedMs);
                message.Hold?.Dispose();
            }
    }

    /// <summary>On the channel's real thread: the connection is gone.</summary>
    void Lost(MqttChannel from)
    {
        if (from != channel)
            return;
        BeginClosing();
        board.Clock.Set(answered);
        connecting?.Dispose();
        pinging?.Dispose();
        lock (gate)
            foreach (var message in inflight)
                message.Hold?.Dispose();
    }

    /// <summary>The client's thread in virtual time: events, retries, keep-alive.</summary>
    void Serve()
    {
        while (true)
        {
            board.Wait(NextDue(), pending);
            try
            {
                while (running && TryReceive(out var first, out var body))
                    Handle(first, body);
                if (!running)
                    return;
                if (closing)
                {
                    running = false;
                    Drop();
                    ConnectionClosed?.Invoke(this, EventArgs.Empty);
                    return;
                }
                Retry();
                KeepAlive();
            }
            catch (Exception e) when (e is not PowerLost)
            {
                BeginClosing();
            }
        }
    }

    bool TryReceive(out byte first, out byte[] body)
    {
        lock (gate)
        {
            var any = received.TryDequeue(out var packet);
            (first, body) = packet;
            return any;
        }
    }

    void Handle(byte first, byte[] body)
    {
        switch (first >> 4)
        {
            case MqttPackets.Publish:
                var end = 2 + MqttPackets.NumberAt(body, 0);
                var topic = System.Text.Encoding.UTF8.GetString(body, 2, end - 2);
                var level = (MqttQoSLevel)(first >> 1 & 3);
                if (level != MqttQoSLevel.AtMostOnce)
                {
                    TrySend(MqttPackets.Acknowledge(MqttPackets.NumberAt(body, end)));
                    end += 2;
                }
                MqttMsgPublishReceived?.Invoke(this, new MqttMsgPublishEventArgs(topic, body[end..], (first & 8) != 0, level, (first & 1) != 0));
                break;
            case MqttPackets.Puback when Forget(body):
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(MqttPackets.NumberAt(body, 0), true));
                break;
            case MqttPackets.Suback when Forget(body):
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(MqttPackets.NumberAt(body, 0), Array.ConvertAll(body[2..], b => (MqttQoSLevel)b)));
                break;
            case MqttPackets.Unsuback when Forget(body):
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(MqttPackets.NumberAt(body, 0)));
                break;
            case MqttPackets.Pingresp:
                pinged = false;
                break;
        }
    }

    bool Forget(byte[] body)
    {
        var id = MqttPackets.NumberAt(body, 0);
        lock (gate)
            return inflight.RemoveAll(message =>
            {
                if (message.Id != id)
                    return false;
                // A retry that crossed its answer waits for another one that nobody will look for.
                message.Hold?.Dispose();
                return true;
            }) > 0;
    }

    void Retry()
    {
        InflightMessage[] waiting;
        lock (gate)
            waiting = inflight.ToArray();
        foreach (var message in waiting)
        {
            if (board.Uptime - message.SentAt < Settings.DelayOnRetry)
                continue;
            if (message.Attempts < Settings.AttemptsOnRetry)
            {
                Launch(message);
                continue;
            }
            message.Hold?.Dispose();
            lock (gate)
                inflight.Remove(message);
            if (message.IsPublish)
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(message.Id, false));
        }
    }

    void KeepAlive()
    {
        if (keepAliveMs == 0)
            return;
        if (pinged && board.Uptime - pingedAt >= keepAliveMs)
            BeginClosing();
        else if (!pinged && board.Uptime - lastSent >= keepAliveMs)
        {
            pinged = true;
            pingedAt = board.Uptime;
            pinging = board.Clock.HoldStill();
            TrySend(MqttPackets.Ping());
        }
    }

    /// <summary>How long until a retry or the keep-alive is due, in ms.</summary>
    int NextDue()
    {
        if (closing)
            return 0;
        var due = keepAliveMs == 0 ? int.MaxValue : (pinged ? pingedAt : lastSent) + keepAliveMs - board.Uptime;
        lock (gate)
            foreach (var message in inflight)
                due = Math.Min(due, message.SentAt + Settings.DelayOnRetry - board.Uptime);
        return (int)Math.Clamp(due, 0, int.MaxValue);
    }

    void Drop()
    {
        IsConnected = false;
        pinging?.Dispose();
        connecting?.Dispose();
        lock (gate)
        {
            foreach (var message in inflight)
                message.Hold?.Dispose();
            inflight.Clear();
            received.Clear();
        }
        unsent.Clear();
        channel?.Dispose();
        channel = null;
    }
}

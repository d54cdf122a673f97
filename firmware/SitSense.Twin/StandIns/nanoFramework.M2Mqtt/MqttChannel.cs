using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>One real connection to a broker; packets come on a thread of its own.</summary>
sealed class MqttChannel : IConnection
{
    readonly VirtualNetwork network;
    readonly Socket socket;
    readonly Stream stream;
    readonly object sending = new object();
    readonly object ending = new object();
    readonly Queue<Hold> asked = new Queue<Hold>();     // pings under way: null = the program's own
    bool listens;
    Hold untilTold;
    int closed;

    MqttChannel(VirtualNetwork network, Socket socket, Stream stream)
    {
        this.network = network;
        this.socket = socket;
        this.stream = stream;
    }

    /// <summary>Connects, and for TLS shakes hands; at most ten seconds of real time each.</summary>
    public static MqttChannel Connect(
        VirtualNetwork network, IPAddress address, int port, string host, bool secure, bool validate, X509Certificate ca, X509Certificate client, MqttSslProtocols protocol)
    {
        network.NeedBroker();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = VirtualClock.LongestHoldMs,
        };
        try
        {
            using (var giveUp = new CancellationTokenSource(VirtualClock.LongestHoldMs))
                try
                {
                    socket.ConnectAsync(new IPEndPoint(address, port), giveUp.Token).AsTask().GetAwaiter().GetResult();
                }
                catch (OperationCanceledException)
                {
                    throw new SocketException((int)SocketError.TimedOut);
                }
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (secure)
                stream = Secure(stream, host, validate, ca, client, protocol);
            var channel = new MqttChannel(network, socket, stream);
            network.Add(channel);
            return channel;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Listen(Action<byte, byte[]> packet, Action lost)
    {
        listens = true;
        new Thread(() =>
        {
            try
            {
                while (true)
                {
                    var first = stream.ReadByte();
                    if (first < 0)
                        break;
                    var body = new byte[Remaining()];
                    stream.ReadExactly(body);
                    if (first >> 4 != MqttPackets.Pingresp || !Settled())
                        packet((byte)first, body);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
            {
                // the connection is gone, as the caller is told
            }
            lost();
            while (Settled()) { }
            lock (ending)
            {
                listens = false;
                untilTold?.Dispose();
            }
        }) { IsBackground = true, Name = "mqtt" }.Start();
    }

    public void Send(byte[] packet)
    {
        lock (sending)
        {
            Write(packet);
            if (packet[0] >> 4 == MqttPackets.Pingreq)
                asked.Enqueue(null);
        }
    }

    /// <remarks>An answer of its own tells, for a broker says things in order.</remarks>
    public void Settle()
    {
        lock (sending)
        {
            if (asked.Count > 0)
                return;
            var hold = network.HoldStill();
            try
            {
                Write(MqttPackets.Ping());
                asked.Enqueue(hold);
            }
            catch (Exception)
            {
                hold.Dispose();     // what is gone has nothing more to say
            }
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
            return;
        network.Remove(this);
        // Virtual time stands still until the loss is told.
        lock (ending)
            untilTold = listens ? network.HoldStill() : null;
        socket.Dispose();
        stream.Dispose();
    }

    void Write(byte[] packet)
    {
        stream.Write(packet);
        stream.Flush();
    }

    /// <summary>Whether it was the answer that time waited for, and not one of the program's own.</summary>
    bool Settled()
    {
        lock (sending)
        {
            if (!asked.TryDequeue(out var hold) || hold is null)
                return false;
            hold.Dispose();
            return true;
        }
    }

    int Remaining()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var digit = stream.ReadByte();
            if (digit < 0 || shift > 21)
                throw new IOException();
            value |= (digit & 127) << shift;
            if (digit < 128)
                return value;
        }
    }

    static SslStream Secure(Stream inner, string host, bool validate, X509Certificate ca, X509Certificate client, MqttSslProtocols protocol)
    {
        var stream = new SslStream(inner, leaveInnerStreamOpen: false, (_, certificate, chain, errors) => !validate || IsSignedBy(ca, certificate, chain, errors));
        stream.ReadTimeout = VirtualClock.LongestHoldMs;
        var certificates = new X509CertificateCollection();
        if (client is not null)
            certificates.Add(client);
        stream.AuthenticateAsClient(host, certificates, protocol switch
        {
            MqttSslProtocols.TLSv1_2 => SslProtocols.Tls12,
            MqttSslProtocols.TLSv1_3 => SslProtocols.Tls13,
            MqttSslProtocols.None => SslProtocols.None,
            _ => throw new ArgumentException("SSL/TLS protocol version not supported"),
        }, checkCertificateRevocation: false);
        stream.ReadTimeout = Timeout.Infinite;
        return stream;
    }

    static bool IsSignedBy(X509Certificate ca, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            return false;
        if (ca is null)
            return errors == SslPolicyErrors.None;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(new X509Certificate2(ca));
        return chain.Build(new X509Certificate2(certificate));
    }
}

using System;
using System.Collections.Generic;
using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>A client's connection to its broker in virtual time: packets wait here until the client's thread takes them.</summary>
sealed class MqttConnection
{
    readonly VirtualBoard board;
    readonly Queue<(byte First, byte[] Body)> received = new Queue<(byte, byte[])>();
    readonly Signal answered = new Signal();
    MqttChannel channel;
    MqttReasonCode? connack;
    Hold connecting;

    public MqttConnection(VirtualBoard board) => this.board = board;

    /// <summary>A packet has come, on the channel's real thread; its type and body. It can be taken already.</summary>
    public event Action<int, byte[]> Arrived;

    /// <summary>The connection is gone, on the channel's real thread.</summary>
    public event Action Lost;

    /// <summary>Opens the channel, says hello and waits for the broker's answer in virtual time.</summary>
    /// <returns>The answer; 0 is yes.</returns>
    /// <exception cref="MqttConnectionException">The broker cannot be reached.</exception>
    /// <exception cref="MqttCommunicationException">The broker closed the connection, or said nothing in time.</exception>
    public MqttReasonCode Open(Func<MqttChannel> open, byte[] hello, int timeoutMs)
    {
        MqttChannel mine;
        try
        {
            mine = channel = open();
        }
        catch (SocketException e)
        {
            throw new MqttConnectionException($"Socket exception connecting to the broker: {e.ErrorCode}", e);
        }
        catch (Exception e) when (e is not PowerLost)
        {
            throw new MqttConnectionException("Exception connecting to the broker", e);
        }
        connack = null;
        connecting = board.Clock.HoldStill();
        mine.Listen((first, body) => Receive(mine, first, body), () => Close(mine));
        Send(hello);
        board.Network.Passed();
        board.Wait(timeoutMs, answered);
        board.Network.Passed();
        connecting.Dispose();
        if (connack is { } code)
            return code;
        mine.Dispose();
        throw new MqttCommunicationException();
    }

    /// <exception cref="MqttCommunicationException">There is no connection.</exception>
    public void Send(byte[] packet)
    {
        board.NeedPower();
        try
        {
            (channel ?? throw new SocketException((int)SocketError.NotConnected)).Send(packet);
        }
        catch (Exception e)
        {
            throw new MqttCommunicationException(e);
        }
    }

    public bool TryReceive(out byte first, out byte[] body)
    {
        lock (received)
        {
            var any = received.TryDequeue(out var packet);
            (first, body) = packet;
            return any;
        }
    }

    /// <summary>Ends the connection without a word; what was not taken is gone.</summary>
    public void Drop()
    {
        connecting?.Dispose();
        lock (received)
            received.Clear();
        channel?.Dispose();
        channel = null;
    }

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
        lock (received)
            received.Enqueue((first, body));
        Arrived?.Invoke(type, body);
    }

    void Close(MqttChannel from)
    {
        if (from != channel)
            return;
        Lost?.Invoke();
        board.Clock.Set(answered);
        connecting?.Dispose();
    }
}

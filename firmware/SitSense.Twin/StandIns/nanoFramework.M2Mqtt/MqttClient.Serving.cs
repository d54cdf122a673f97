using System;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <content>What the client does by itself while it is connected: sending, hearing, trying again, staying alive.</content>
partial class MqttClient
{
    void Queue(InflightMessage message)
    {
        if (inflight.IsFull)
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        if (running)
            Launch(message);
        else
            unsent.Enqueue(message);
    }

    void Launch(InflightMessage message)
    {
        inflight.Sending(message);
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
        connection.Send(packet);
        board.Network.Passed();
        keepAlive.Sent();
    }

    void BeginClosing()
    {
        if (closing)
            return;
        closing = true;
        IsConnected = false;
        board.Clock.Set(pending);
    }

    void Arrived(int type, byte[] body)
    {
        if (type == MqttPackets.Suback)
        {
            board.Network.Settle();
            board.Clock.HoldStill(RetainedMs);
        }
        // Time must not move before the client's thread has seen the answer, so it is woken before the hold ends.
        board.Clock.Set(pending);
        if (type is MqttPackets.Puback or MqttPackets.Suback or MqttPackets.Unsuback)
            inflight.Arrived(MqttPackets.NumberAt(body, 0));
        else if (type == MqttPackets.Pingresp)
            keepAlive.Release();
    }

    void Lost()
    {
        BeginClosing();
        keepAlive.Release();
        inflight.Release();
    }

    /// <summary>The client's thread in virtual time: events, retries, keep-alive.</summary>
    void Serve()
    {
        while (true)
        {
            board.Wait(NextDue(), pending);
            try
            {
                while (running && connection.TryReceive(out var first, out var body))
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
                inflight.Retry(Launch, GiveUp);
                if (keepAlive.IsLost)
                    BeginClosing();
                else if (keepAlive.IsDue)
                    Ping();
            }
            catch (Exception e) when (e is not PowerLost)
            {
                BeginClosing();
            }
        }
    }

    void Handle(byte first, byte[] body)
    {
        board.Network.Passed();
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
            case MqttPackets.Puback when inflight.Forget(MqttPackets.NumberAt(body, 0)):
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(MqttPackets.NumberAt(body, 0), true));
                break;
            case MqttPackets.Suback when inflight.Forget(MqttPackets.NumberAt(body, 0)):
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(MqttPackets.NumberAt(body, 0), Array.ConvertAll(body[2..], b => (MqttQoSLevel)b)));
                break;
            case MqttPackets.Unsuback when inflight.Forget(MqttPackets.NumberAt(body, 0)):
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(MqttPackets.NumberAt(body, 0)));
                break;
            case MqttPackets.Pingresp:
                keepAlive.Answered();
                break;
        }
    }

    void GiveUp(InflightMessage message)
    {
        if (message.IsPublish)
            MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(message.Id, false));
    }

    void Ping()
    {
        keepAlive.Pinging();
        TrySend(MqttPackets.Ping());
    }

    /// <summary>How long until a retry or the keep-alive is due, in ms.</summary>
    int NextDue() => closing ? 0 : (int)Math.Clamp(Math.Min(keepAlive.NextDue, inflight.NextDue()), 0, int.MaxValue);

    void Drop()
    {
        IsConnected = false;
        keepAlive.Release();
        inflight.Clear();
        unsent.Clear();
        connection.Drop();
    }
}

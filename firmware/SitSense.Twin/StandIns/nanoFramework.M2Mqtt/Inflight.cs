using System;
using System.Collections.Generic;
using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>The packets of one client that wait for their answers. Virtual time stands still while one is on its way.</summary>
sealed class Inflight
{
    readonly VirtualBoard board;
    readonly MqttSettings settings;
    readonly List<InflightMessage> messages = new List<InflightMessage>();

    public Inflight(VirtualBoard board, MqttSettings settings)
    {
        this.board = board;
        this.settings = settings;
    }

    public bool IsFull
    {
        get
        {
            lock (messages)
                return messages.Count >= settings.InflightQueueSize;
        }
    }

    /// <summary>A packet is about to be sent, for the first time or again.</summary>
    public void Sending(InflightMessage message)
    {
        message.Attempts++;
        message.SentAt = board.Uptime;
        if (message.Attempts > 1 && message.IsPublish)
            message.Packet[0] |= 8;
        message.Hold?.Dispose();
        lock (messages)
        {
            if (message.Attempts == 1)
                messages.Add(message);
            message.Hold = board.Clock.HoldStill();
        }
    }

    /// <summary>The answer is here, though nobody has looked at it: time may move again.</summary>
    public void Arrived(ushort id)
    {
        lock (messages)
            foreach (var message in messages)
                if (message.Id == id)
                    message.Hold?.Dispose();
    }

    /// <summary>The answer was looked at.</summary>
    /// <returns>False when nobody waited for it.</returns>
    public bool Forget(ushort id)
    {
        lock (messages)
            return messages.RemoveAll(message =>
            {
                if (message.Id != id)
                    return false;
                // A retry that crossed its answer waits for another one that nobody will look for.
                message.Hold?.Dispose();
                return true;
            }) > 0;
    }

    /// <summary>Sends again what waited too long, and gives up what was sent often enough.</summary>
    public void Retry(Action<InflightMessage> send, Action<InflightMessage> giveUp)
    {
        InflightMessage[] waiting;
        lock (messages)
            waiting = messages.ToArray();
        foreach (var message in waiting)
        {
            if (board.Uptime - message.SentAt < settings.DelayOnRetry)
                continue;
            if (message.Attempts < settings.AttemptsOnRetry)
            {
                send(message);
                continue;
            }
            message.Hold?.Dispose();
            lock (messages)
                messages.Remove(message);
            giveUp(message);
        }
    }

    /// <summary>How long until <see cref="Retry"/> has something to do, in ms.</summary>
    public long NextDue()
    {
        var due = long.MaxValue;
        lock (messages)
            foreach (var message in messages)
                due = Math.Min(due, message.SentAt + settings.DelayOnRetry - board.Uptime);
        return due;
    }

    /// <summary>No answer will come any more: time may move.</summary>
    public void Release()
    {
        lock (messages)
            foreach (var message in messages)
                message.Hold?.Dispose();
    }

    public void Clear()
    {
        Release();
        lock (messages)
            messages.Clear();
    }
}

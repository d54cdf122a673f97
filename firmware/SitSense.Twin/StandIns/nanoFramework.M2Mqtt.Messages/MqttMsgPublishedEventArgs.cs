using System;

namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A message was acknowledged, or given up after the retries.</summary>
public class MqttMsgPublishedEventArgs : EventArgs
{
    public MqttMsgPublishedEventArgs(ushort messageId, bool isPublished)
    {
        MessageId = messageId;
        IsPublished = isPublished;
    }

    public ushort MessageId { get; }

    public bool IsPublished { get; }
}

namespace MQTTnet.Server;

/// <summary>Which message goes when a session's queue is full.</summary>
public enum MqttPendingMessagesOverflowStrategy
{
    DropOldestQueuedMessage,
    DropNewMessage,
}

namespace MQTTnet.Server;

/// <summary>The server starts and asks for the retained messages that were stored.</summary>
public sealed class LoadingRetainedMessagesEventArgs : EventArgs
{
    public List<MqttApplicationMessage> LoadedRetainedMessages { get; set; } = [];
}

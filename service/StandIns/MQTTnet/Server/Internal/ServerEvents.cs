namespace MQTTnet.Server.Internal;

/// <summary>The server's events, for the parts that raise them.</summary>
sealed class ServerEvents
{
    public AsyncEvent<ApplicationMessageEnqueuedEventArgs> ApplicationMessageEnqueuedOrDropped { get; } = new();
    public AsyncEvent<ClientConnectedEventArgs> ClientConnected { get; } = new();
    public AsyncEvent<ClientDisconnectedEventArgs> ClientDisconnected { get; } = new();
    public AsyncEvent<InterceptingClientApplicationMessageEnqueueEventArgs> InterceptingClientEnqueue { get; } = new();
    public AsyncEvent<InterceptingPublishEventArgs> InterceptingPublish { get; } = new();
    public AsyncEvent<InterceptingSubscriptionEventArgs> InterceptingSubscription { get; } = new();
    public AsyncEvent<LoadingRetainedMessagesEventArgs> LoadingRetainedMessages { get; } = new();
    public AsyncEvent<QueueMessageOverwrittenEventArgs> QueuedMessageOverwritten { get; } = new();
    public AsyncEvent<RetainedMessageChangedEventArgs> RetainedMessageChanged { get; } = new();
    public AsyncEvent<EventArgs> RetainedMessagesCleared { get; } = new();
    public AsyncEvent<EventArgs> Started { get; } = new();
    public AsyncEvent<EventArgs> Stopped { get; } = new();
    public AsyncEvent<ValidatingConnectionEventArgs> ValidatingConnection { get; } = new();

    /// <summary>Whether the program lets a subscriber have a message.</summary>
    public async ValueTask<bool> MayHave(string senderId, string receiverId, MqttApplicationMessage message)
    {
        if (!InterceptingClientEnqueue.HasHandlers)
            return true;
        var arguments = new InterceptingClientApplicationMessageEnqueueEventArgs(senderId, receiverId, message);
        await InterceptingClientEnqueue.Invoke(arguments).ConfigureAwait(false);
        return arguments.AcceptEnqueue;
    }
}

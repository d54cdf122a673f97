using System.Collections;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>The way of a message: interception, the retained store, then every subscriber's queue.</summary>
sealed class MessageDispatcher(ServerEvents events, RetainedMessages retained, SubscriptionTree subscriptions, SourceLogger logger)
{
    public async ValueTask<DispatchResult> Dispatch(
        string senderId, string senderUserName, IDictionary senderItems, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        var response = default(PublishResponse);
        var closeConnection = false;
        if (events.InterceptingPublish.HasHandlers)
        {
            var arguments = new InterceptingPublishEventArgs(message, senderId, senderUserName, senderItems, cancellationToken);
            await events.InterceptingPublish.Invoke(arguments).ConfigureAwait(false);
            (response, closeConnection) = (arguments.Response, arguments.CloseConnection);
            message = arguments.ProcessPublish ? arguments.ApplicationMessage : null;
        }
        var reason = response?.ReasonCode ?? MqttPubAckReasonCode.Success;
        if (message is not null && !await Deliver(senderId, message).ConfigureAwait(false) && reason == MqttPubAckReasonCode.Success)
            reason = MqttPubAckReasonCode.NoMatchingSubscribers;
        return new DispatchResult((int)reason, closeConnection, response?.ReasonString, response?.UserProperties);
    }

    /// <returns>Whether there was a subscriber.</returns>
    async ValueTask<bool> Deliver(string senderId, MqttApplicationMessage message)
    {
        try
        {
            if (message.Retain)
                await retained.Update(senderId, message).ConfigureAwait(false);
            var delivered = false;
            foreach (var match in subscriptions.Match(message.Topic, senderId))
            {
                if (!await events.MayHave(senderId, match.Session.Id, message).ConfigureAwait(false))
                    continue;
                delivered = true;
                await Enqueue(senderId, message, match).ConfigureAwait(false);
            }
            return delivered;
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Error while processing next queued application message");
            return true;
        }
    }

    async ValueTask Enqueue(string senderId, MqttApplicationMessage message, SubscriberMatch match)
    {
        var packet = message.ToPacket();
        if (match.MaximumQoS < packet.QualityOfServiceLevel)
            packet.QualityOfServiceLevel = match.MaximumQoS;
        packet.SubscriptionIdentifiers = match.Identifiers;
        packet.Retain = message.Retain && match.RetainAsPublished;
        packet.Dup = false; // of the sender's delivery, not of this one
        var dropped = match.Session.Enqueue(packet);
        if (dropped is not null && dropped != packet)
            await events.QueuedMessageOverwritten.TryInvoke(new QueueMessageOverwrittenEventArgs(match.Session.Id, dropped), logger).ConfigureAwait(false);
        if (events.ApplicationMessageEnqueuedOrDropped.HasHandlers)
            await events.ApplicationMessageEnqueuedOrDropped
                .Invoke(new ApplicationMessageEnqueuedEventArgs(senderId, match.Session.Id, message, dropped == packet)).ConfigureAwait(false);
    }
}

using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>Grants and ends subscriptions.</summary>
sealed class Subscriber(ServerEvents events, RetainedMessages retained, SubscriptionTree subscriptions)
{
    /// <summary>
    /// Asks the program about each filter and subscribes what it grants. The answers are in the order of the question, as the standard
    /// wants; the package orders them by quality.
    /// </summary>
    /// <returns>The answer, the retained messages that are due, and whether the program wants the connection closed.</returns>
    public async Task<(MqttSubAckPacket Answer, List<MqttPublishPacket> Due, bool Close)> Subscribe(
        Session session, MqttSubscribePacket request, CancellationToken cancellationToken)
    {
        var answer = new MqttSubAckPacket { PacketIdentifier = request.PacketIdentifier, ReasonCodes = [] };
        var due = new List<MqttPublishPacket>();
        var sent = new HashSet<string>();
        var close = false;
        foreach (var asked in request.TopicFilters)
        {
            var arguments = await Intercept(session, asked, request.UserProperties, cancellationToken).ConfigureAwait(false);
            answer.ReasonCodes.Add(arguments.Response.ReasonCode);
            answer.ReasonString = arguments.ReasonString;
            answer.UserProperties = arguments.UserProperties;
            close |= arguments.CloseConnection;
            var filter = arguments.TopicFilter;
            if (!arguments.ProcessSubscription || arguments.Response.ReasonCode > MqttSubscribeReasonCode.GrantedQoS2 || string.IsNullOrEmpty(filter.Topic))
                continue;
            var granted = (MqttQualityOfServiceLevel)arguments.Response.ReasonCode;
            var isNew = subscriptions.Add(session, new Subscription(filter, granted, request.SubscriptionIdentifier));
            if (filter.RetainHandling == MqttRetainHandling.SendAtSubscribe || (filter.RetainHandling == MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly && isNew))
                await AddRetained(session, filter.Topic, granted, sent, due).ConfigureAwait(false);
        }
        return (answer, due, close);
    }

    public MqttUnsubAckPacket Unsubscribe(Session session, MqttUnsubscribePacket request) => new()
    {
        PacketIdentifier = request.PacketIdentifier,
        ReasonCodes = request.TopicFilters
            .Select(filter => subscriptions.Remove(session, filter) ? MqttUnsubscribeReasonCode.Success : MqttUnsubscribeReasonCode.NoSubscriptionExisted)
            .ToList(),
    };

    async ValueTask<InterceptingSubscriptionEventArgs> Intercept(
        Session session, MqttTopicFilter filter, List<MqttUserProperty> userProperties, CancellationToken cancellationToken)
    {
        var arguments = new InterceptingSubscriptionEventArgs(
            session.Id, session.UserName, new MqttSessionStatus(session), filter, userProperties, cancellationToken);
        arguments.Response.ReasonCode = (MqttSubscribeReasonCode)filter.QualityOfServiceLevel;
        if (filter.Topic.StartsWith("$share/", StringComparison.Ordinal))
            arguments.Response.ReasonCode = MqttSubscribeReasonCode.SharedSubscriptionsNotSupported;
        else
            await events.InterceptingSubscription.Invoke(arguments).ConfigureAwait(false);
        return arguments;
    }

    /// <summary>Each topic once, however many filters of the request match it.</summary>
    async ValueTask AddRetained(Session session, string filter, MqttQualityOfServiceLevel granted, HashSet<string> sent, List<MqttPublishPacket> due)
    {
        foreach (var message in retained.All())
        {
            if (MqttTopicFilterComparer.Compare(message.Topic, filter) != MqttTopicFilterCompareResult.IsMatch || !sent.Add(message.Topic))
                continue;
            if (!await events.MayHave("", session.Id, message).ConfigureAwait(false))
                continue;
            var packet = message.ToPacket();
            packet.Dup = false;
            packet.TopicAlias = 0;
            if (granted < packet.QualityOfServiceLevel)
                packet.QualityOfServiceLevel = granted;
            due.Add(packet);
        }
    }
}

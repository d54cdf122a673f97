using SitSense.Service.Options;

namespace SitSense.Service.Broker;

/// <summary>Who may publish and read what at the embedded broker: a device its own topics, an admin everything.</summary>
sealed class TopicRules(BrokerOptions broker, string root)
{
    /// <summary>Whether the user may publish to the topic.</summary>
    public bool MayPublish(string? user, string topic) =>
        MayEverything(user) || IsOwn(user!, topic) || topic == $"homeassistant/device/sitsense-{user}/config";

    /// <summary>Whether the user may subscribe to the filter: to all that it can match.</summary>
    public bool MayRead(string? user, string filter) => MayEverything(user) || IsOwn(user!, filter) || filter == "homeassistant/status";

    /// <summary>Where no users are set everybody is an admin; nobody without a name gets in once they are.</summary>
    bool MayEverything(string? user) => broker.Users.Count == 0 || user is not null && broker.Admins.Contains(user);

    bool IsOwn(string user, string topic)
    {
        var own = $"{root}/{user}";
        return topic.StartsWith(own, StringComparison.Ordinal) && (topic.Length == own.Length || topic[own.Length] == '/');
    }
}

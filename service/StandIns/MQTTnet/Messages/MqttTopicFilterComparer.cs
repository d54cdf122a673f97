namespace MQTTnet;

/// <summary>Holds a topic against a filter with wildcards.</summary>
public static class MqttTopicFilterComparer
{
    public const char LevelSeparator = '/';
    public const char MultiLevelWildcard = '#';
    public const char SingleLevelWildcard = '+';
    public const char ReservedTopicPrefix = '$';

    /// <summary>
    /// A wildcard at the start matches no topic that starts with <c>$</c> (MQTT 4.7.2), and <c>a/#</c> matches <c>a</c> itself.
    /// The package misses two corners of the standard that hold here: <c>+/a</c> matches <c>/a</c>, and <c>a/+/#</c> matches <c>a/b</c>.
    /// </summary>
    public static MqttTopicFilterCompareResult Compare(string topic, string filter)
    {
        if (string.IsNullOrEmpty(topic))
            return MqttTopicFilterCompareResult.TopicInvalid;
        if (!IsValidFilter(filter))
            return MqttTopicFilterCompareResult.FilterInvalid;
        if (topic[0] == ReservedTopicPrefix && filter[0] is MultiLevelWildcard or SingleLevelWildcard)
            return MqttTopicFilterCompareResult.NoMatch;
        var (topicAt, filterAt) = (0, 0);
        while (true)
        {
            var wanted = Level(filter, filterAt);
            if (wanted is [MultiLevelWildcard])
                return MqttTopicFilterCompareResult.IsMatch;
            var level = Level(topic, topicAt);
            if (wanted is not [SingleLevelWildcard] && !wanted.SequenceEqual(level))
                return MqttTopicFilterCompareResult.NoMatch;
            topicAt += level.Length + 1;
            filterAt += wanted.Length + 1;
            if (topicAt > topic.Length)
                return filterAt > filter.Length || filter.AsSpan(filterAt) is [MultiLevelWildcard]
                    ? MqttTopicFilterCompareResult.IsMatch
                    : MqttTopicFilterCompareResult.NoMatch;
            if (filterAt > filter.Length)
                return MqttTopicFilterCompareResult.NoMatch;
        }
    }

    /// <summary>Whether every wildcard fills a level, and <c>#</c> the last one.</summary>
    internal static bool IsValidFilter(string filter)
    {
        if (string.IsNullOrEmpty(filter))
            return false;
        for (var at = 0; at <= filter.Length;)
        {
            var level = Level(filter, at);
            if (level.Length > 1 && level.ContainsAny(MultiLevelWildcard, SingleLevelWildcard))
                return false;
            at += level.Length + 1;
            if (level is [MultiLevelWildcard] && at <= filter.Length)
                return false;
        }
        return true;
    }

    static ReadOnlySpan<char> Level(string path, int start)
    {
        var rest = path.AsSpan(start);
        var end = rest.IndexOf(LevelSeparator);
        return end < 0 ? rest : rest[..end];
    }
}

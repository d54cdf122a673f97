using FsCheck;
using FsCheck.Fluent;
using MQTTnet;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class TopicFilterTests
{
    public static TheoryData<string, string, bool> Cases => new()
    {
        { "a/b/c", "a/b/c", true },
        { "a/b/c", "a/b/d", false },
        { "a/b/c", "a/+/c", true },
        { "a/b/c", "+/+/+", true },
        { "a/b/c", "a/b", false },
        { "a/b", "a/b/c", false },
        { "a/b/c", "a/#", true },
        { "a/b/c", "#", true },
        { "a", "a/#", true },
        { "ab", "a/#", false },
        { "a/b", "+", false },
        { "/a", "/+", true },
        { "/a", "+/+", true },
        { "/a", "+", false },
        { "a/", "a/+", true },
        { "a/b/c", "a/+/#", true },
        { "a", "a/+/#", false },
        { "$SYS/load", "#", false },
        { "$SYS/load", "+/load", false },
        { "$SYS/load", "$SYS/#", true },
        { "$SYS/load", "$SYS/+", true },
        { "a/$x", "a/+", true },
        { "A/b", "a/b", false },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_filter_matches_by_the_rules_of_MQTT(string topic, string filter, bool matches) =>
        Assert.Equal(matches ? MqttTopicFilterCompareResult.IsMatch : MqttTopicFilterCompareResult.NoMatch, MqttTopicFilterComparer.Compare(topic, filter));

    [Fact]
    public async Task The_server_delivers_by_the_same_rules()
    {
        await using var broker = await Broker.Start();
        var sender = await broker.Connect();
        foreach (var (topic, filter, matches) in Cases.Select(row => row.Data))
        {
            var client = await broker.Connect();
            var inbox = new Inbox(client);
            await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce);
            await client.SubscribeAsync("the/end/of/the/case", MqttQualityOfServiceLevel.AtLeastOnce);
            await sender.PublishStringAsync(topic, "x", MqttQualityOfServiceLevel.AtLeastOnce);
            await sender.PublishStringAsync("the/end/of/the/case", "x", MqttQualityOfServiceLevel.AtLeastOnce);

            Assert.True(matches == (await inbox.Next() is { } first && first.Topic == topic), $"{topic} and {filter}");
            client.Dispose();
        }
    }

    [Fact]
    public void Any_topic_and_filter_match_as_a_plain_reading_of_the_standard_says()
    {
        // Two corners are left out in which the package errs: it does not see that +/a matches /a, nor that a/+/# matches a/b.
        var level = Gen.Elements("a", "b", "$a", "ab");
        var topics = Gen.Choose(1, 4).SelectMany(levels => level.ArrayOf(levels)).Select(levels => string.Join('/', levels));
        var filters = Gen.Choose(1, 4).SelectMany(levels => Gen.Frequency((3, level), (2, Gen.Constant("+"))).ArrayOf(levels))
            .SelectMany(levels => Gen.Elements("", "/#").Select(end => string.Join('/', levels) + end))
            .Where(filter => !filter.EndsWith("+/#", StringComparison.Ordinal));
        Prop.ForAll(topics.Zip(filters).ToArbitrary(), pair =>
            Matches(pair.Item1, pair.Item2) == (MqttTopicFilterComparer.Compare(pair.Item1, pair.Item2) == MqttTopicFilterCompareResult.IsMatch))
            .QuickCheckThrowOnFailure();

        static bool Matches(string topic, string filter)
        {
            if (topic[0] == '$' && filter[0] is '+' or '#')
                return false;
            var (levels, wanted) = (topic.Split('/'), filter.Split('/'));
            for (var i = 0; i < wanted.Length; i++)
            {
                if (wanted[i] == "#")
                    return levels.Length >= i;
                if (i >= levels.Length || (wanted[i] != "+" && wanted[i] != levels[i]))
                    return false;
            }
            return levels.Length == wanted.Length;
        }
    }

    [Fact]
    public async Task Shared_subscriptions_are_refused_and_others_of_the_same_request_stand()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var inbox = new Inbox(client);

        var result = await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("$share/group/a", MqttQualityOfServiceLevel.AtLeastOnce).WithTopicFilter("a", MqttQualityOfServiceLevel.AtLeastOnce).Build());
        await client.PublishStringAsync("a", "1");

        Assert.Equal(
            [MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported, MqttClientSubscribeResultCode.GrantedQoS1],
            result.Items.Select(item => item.ResultCode));
        Assert.Equal("a=1", await inbox.NextText());
    }
}

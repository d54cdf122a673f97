using MQTTnet.Diagnostics.Logger;

namespace MQTTnet;

/// <summary>Where clients and builders come from.</summary>
public class MqttClientFactory(IMqttNetLogger logger)
{
    public MqttClientFactory()
        : this(new MqttNetNullLogger())
    {
    }

    public IMqttNetLogger DefaultLogger { get; } = logger ?? throw new ArgumentNullException(nameof(logger));

    public MqttApplicationMessageBuilder CreateApplicationMessageBuilder() => new();

    public MqttClientDisconnectOptionsBuilder CreateClientDisconnectOptionsBuilder() => new();

    public MqttClientOptionsBuilder CreateClientOptionsBuilder() => new();

    public IMqttClient CreateMqttClient() => new MqttClient(DefaultLogger);

    public IMqttClient CreateMqttClient(IMqttNetLogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new MqttClient(logger);
    }

    public MqttClientSubscribeOptionsBuilder CreateSubscribeOptionsBuilder() => new();

    public MqttTopicFilterBuilder CreateTopicFilterBuilder() => new();

    public MqttClientUnsubscribeOptionsBuilder CreateUnsubscribeOptionsBuilder() => new();
}

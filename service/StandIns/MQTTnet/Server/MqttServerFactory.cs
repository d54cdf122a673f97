using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server.Internal.Adapter;

namespace MQTTnet.Server;

/// <summary>Where servers and builders come from.</summary>
public sealed class MqttServerFactory(IMqttNetLogger logger)
{
    public MqttServerFactory()
        : this(new MqttNetNullLogger())
    {
    }

    public IMqttNetLogger DefaultLogger { get; } = logger ?? throw new ArgumentNullException(nameof(logger));

    public IList<Func<MqttServerFactory, IMqttServerAdapter>> DefaultServerAdapters { get; } = [_ => new MqttTcpServerAdapter()];

    public MqttApplicationMessageBuilder CreateApplicationMessageBuilder() => new();

    public MqttServer CreateMqttServer(MqttServerOptions options) => CreateMqttServer(options, DefaultLogger);

    public MqttServer CreateMqttServer(MqttServerOptions options, IMqttNetLogger logger) =>
        CreateMqttServer(options, DefaultServerAdapters.Select(create => create(this)), logger);

    public MqttServer CreateMqttServer(MqttServerOptions options, IEnumerable<IMqttServerAdapter> serverAdapters) =>
        CreateMqttServer(options, serverAdapters, DefaultLogger);

    public MqttServer CreateMqttServer(MqttServerOptions options, IEnumerable<IMqttServerAdapter> serverAdapters, IMqttNetLogger logger) =>
        new(options, serverAdapters, logger);

    public MqttServerClientDisconnectOptionsBuilder CreateMqttServerClientDisconnectOptionsBuilder() => new();

    public MqttServerOptionsBuilder CreateServerOptionsBuilder() => new();
}

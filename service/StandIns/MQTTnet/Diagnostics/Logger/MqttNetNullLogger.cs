namespace MQTTnet.Diagnostics.Logger;

/// <summary>Logs nothing.</summary>
public sealed class MqttNetNullLogger : IMqttNetLogger
{
    public static MqttNetNullLogger Instance { get; } = new();

    public bool IsEnabled => false;

    public void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception)
    {
    }
}

namespace MQTTnet.Diagnostics.Logger;

/// <summary>Where client and server write what happens to them.</summary>
public interface IMqttNetLogger
{
    bool IsEnabled { get; }

    /// <param name="level">How bad it is.</param>
    /// <param name="source">The part that speaks.</param>
    /// <param name="message">A composite format for <paramref name="parameters"/>.</param>
    /// <param name="parameters">May be null.</param>
    /// <param name="exception">May be null.</param>
    void Publish(MqttNetLogLevel level, string source, string message, object[] parameters, Exception exception);
}

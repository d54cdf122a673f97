namespace MQTTnet.Diagnostics.Logger;

/// <summary>A logger that says who speaks.</summary>
sealed class SourceLogger(IMqttNetLogger logger, string source)
{
    public void Info(string message, params object[] parameters) => Publish(MqttNetLogLevel.Info, null, message, parameters);

    public void Warning(Exception exception, string message, params object[] parameters) =>
        Publish(MqttNetLogLevel.Warning, exception, message, parameters);

    public void Error(Exception exception, string message, params object[] parameters) =>
        Publish(MqttNetLogLevel.Error, exception, message, parameters);

    void Publish(MqttNetLogLevel level, Exception exception, string message, object[] parameters)
    {
        if (logger.IsEnabled)
            logger.Publish(level, source, message, parameters, exception);
    }
}

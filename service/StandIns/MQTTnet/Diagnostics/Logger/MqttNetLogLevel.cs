namespace MQTTnet.Diagnostics.Logger;

/// <summary>How bad a logged event is.</summary>
public enum MqttNetLogLevel
{
    Verbose,
    Info,
    Warning,
    Error,
}

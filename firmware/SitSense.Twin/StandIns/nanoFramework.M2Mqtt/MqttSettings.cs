namespace nanoFramework.M2Mqtt;

/// <summary>The client's limits; times in ms.</summary>
public class MqttSettings
{
    public const int BrokerDefaultPort = 1883;
    public const int BrokerDefaultSslPort = 8883;
    public const int DefaultTimeout = 30_000;
    public const int MaximumAttemptsRetry = 3;
    public const int DefaultDelayRetry = 1_000;

    internal MqttSettings()
    {
    }

    public int TimeoutOnReceiving => DefaultTimeout;

    public int AttemptsOnRetry => MaximumAttemptsRetry;

    public int DelayOnRetry => DefaultDelayRetry;

    public int InflightQueueSize { get; set; } = int.MaxValue;

    public bool ValidateServerCertificate { get; set; } = true;
}

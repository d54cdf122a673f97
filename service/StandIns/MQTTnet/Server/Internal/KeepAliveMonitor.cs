using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>Ends connections that were silent for one and a half times their keep-alive period [MQTT-3.1.2-24], and expired sessions.</summary>
static class KeepAliveMonitor
{
    static readonly MqttServerClientDisconnectOptions TimedOut = new() { ReasonCode = MqttDisconnectReasonCode.KeepAliveTimeout };

    public static async Task Run(MqttServerOptions options, ClientSessions sessions, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.KeepAliveOptions.MonitorInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var client in sessions.Clients)
                    if (client.IsRunning && client.ConnectPacket.KeepAlivePeriod > 0 && client.Silence.TotalSeconds > client.ConnectPacket.KeepAlivePeriod * 1.5)
                        _ = client.Stop(TimedOut);
                sessions.RemoveExpired();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

using System.Text;

namespace MQTTnet;

/// <summary>Reads a payload as text.</summary>
public static class MqttApplicationMessageExtensions
{
    /// <returns>null for an empty payload.</returns>
    public static string ConvertPayloadToString(this MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        return applicationMessage.Payload.Length == 0 ? null : Encoding.UTF8.GetString(applicationMessage.Payload);
    }
}

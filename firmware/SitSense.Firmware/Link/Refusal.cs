using nanoFramework.M2Mqtt.Messages;

namespace SitSense.Firmware.Link
{
    /// <summary>Why a broker refused.</summary>
    public static class Refusal
    {
        /// <summary>For people (MQTT 3.1.1, 3.2.2.3).</summary>
        public static string Text(MqttReasonCode code)
        {
            switch (code)
            {
                case MqttReasonCode.ConnectionRefusedBadUserNameOrPassword:
                    return "refused: wrong user or password";
                case MqttReasonCode.ConnectionRefusedNotAuthorized:
                    return "refused: user not authorised";
                case MqttReasonCode.ConnectionRefusedServerUnavailable:
                    return "refused: broker unavailable";
                case MqttReasonCode.ConnectionRefusedIdentifierRejected:
                    return "refused: client id rejected";
                default:
                    return "refused: code " + ((int)code).ToString();
            }
        }
    }
}

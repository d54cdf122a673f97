using nanoFramework.M2Mqtt.Messages;

namespace SitSense.Firmware.Link
{
    /// <summary>Why a broker refused.</summary>
    public static class Refusal
    {
        /// <summary>Whether it will refuse until somebody changes user or password.</summary>
        public static bool IsLasting(MqttReasonCode code) =>
            code == MqttReasonCode.ConnectionRefusedBadUserNameOrPassword || code == MqttReasonCode.ConnectionRefusedNotAuthorized;

        /// <summary>For people, with what to do (MQTT 3.1.1, 3.2.2.3).</summary>
        public static string Text(MqttReasonCode code)
        {
            switch (code)
            {
                case MqttReasonCode.ConnectionRefusedBadUserNameOrPassword:
                    return "refused: wrong user or password; correct them in broker";
                case MqttReasonCode.ConnectionRefusedNotAuthorized:
                    return "refused: user not authorised; correct user and password in broker, or what the broker lets this user do";
                case MqttReasonCode.ConnectionRefusedServerUnavailable:
                    return "refused: broker unavailable; look at its log";
                case MqttReasonCode.ConnectionRefusedIdentifierRejected:
                    return "refused: client id rejected; choose another device";
                default:
                    return "refused: code " + ((int)code).ToString();
            }
        }
    }
}

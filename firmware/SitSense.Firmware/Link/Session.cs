using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Board;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>One connection to the broker after another, for after a loss M2Mqtt wants a new client. Only the link's thread may use it.</summary>
    public sealed class Session
    {
        /// <summary>What who has connected says, and Home Assistant when it starts.</summary>
        public const string Online = "online";

        /// <summary>What the last will says, and who leaves for good.</summary>
        public const string Offline = "offline";

        /// <summary>What who leaves until the next batch says.</summary>
        public const string Asleep = "asleep";

        const ushort KeepAliveSeconds = 30;

        readonly Clock clock;
        readonly SettingsStore settings;
        readonly Topics topics;
        readonly Outbox outbox;
        readonly Faults faults;
        readonly Mailbox received = new Mailbox();

        /// <summary>A device's connections.</summary>
        /// <param name="clock">Wakes the link when something comes.</param>
        /// <param name="settings">Who it is and where to.</param>
        /// <param name="topics">Its topics.</param>
        /// <param name="outbox">Hears what was acknowledged.</param>
        /// <param name="faults">Where faults are told.</param>
        public Session(Clock clock, SettingsStore settings, Topics topics, Outbox outbox, Faults faults)
        {
            this.clock = clock;
            this.settings = settings;
            this.topics = topics;
            this.outbox = outbox;
            this.faults = faults;
        }

        /// <summary>The present connection; null while there is none.</summary>
        public MqttClient Client { get; private set; }

        /// <summary>Connects, with the last will.</summary>
        /// <param name="keep">Whether the broker is to keep what is sent meanwhile when it has been left.</param>
        /// <returns>What the broker says to it.</returns>
        /// <exception cref="Exception">The broker cannot be reached, or its certificate does not hold.</exception>
        public MqttReasonCode Open(bool keep)
        {
            var place = settings.Place;
            var ca = place.Tls ? new X509Certificate(place.Ca) : null;
            Client = new MqttClient(
                place.Host, place.Port, place.Tls, ca, null, place.Tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            Client.MqttMsgPublishReceived += Received;
            Client.MqttMsgPublished += Published;
            Client.ConnectionClosed += Closed;
            return Client.Connect(
                "sitsense-" + settings.Device, place.User, place.Password,
                true, MqttQoSLevel.AtLeastOnce, true, topics.Status, Offline, !keep, KeepAliveSeconds);
        }

        /// <summary>Asks for settings, commands and Home Assistant's birth.</summary>
        public void Subscribe() => Client.Subscribe(
            new string[] { topics.Settings, topics.Command, Topics.HomeAssistantStatus },
            new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce });

        /// <summary>The oldest message that came; null when there is none.</summary>
        public MqttMsgPublishEventArgs Take() => (MqttMsgPublishEventArgs)received.Take();

        /// <summary>Publishes a text once.</summary>
        public void Tell(string topic, string payload) => Publish(topic, payload, MqttQoSLevel.AtMostOnce, false);

        /// <summary>Publishes a text until the broker has acknowledged it.</summary>
        public void Assure(string topic, string payload) => Publish(topic, payload, MqttQoSLevel.AtLeastOnce, false);

        /// <summary>The same, and the broker keeps it for who asks later.</summary>
        public void Retain(string topic, string payload) => Publish(topic, payload, MqttQoSLevel.AtLeastOnce, true);

        /// <summary>Lets go of the connection, whatever state it is in.</summary>
        public void Close()
        {
            var old = Client;
            Client = null;
            if (old == null)
                return;
            old.MqttMsgPublishReceived -= Received;
            old.MqttMsgPublished -= Published;
            old.ConnectionClosed -= Closed;
            try
            {
                old.Close();
            }
            catch (Exception e)
            {
                faults.Report("broker", "the old connection cannot be closed: " + e.Message);
            }
        }

        void Publish(string topic, string payload, MqttQoSLevel qos, bool retain) =>
            Client.Publish(topic, Encoding.UTF8.GetBytes(payload), null, null, qos, retain);

        void Received(object sender, MqttMsgPublishEventArgs e)
        {
            if (!received.Put(e))
                faults.Report("messages", "too many at once: one was not taken");
            clock.Wake();
        }

        void Published(object sender, MqttMsgPublishedEventArgs e)
        {
            if (sender == Client)
                outbox.Heard(e.MessageId, e.IsPublished);
            clock.Wake();
        }

        void Closed(object sender, EventArgs e) => clock.Wake();
    }
}

using System;
using System.Text;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>What comes from the broker: settings, commands, and that Home Assistant has started. Only the link's thread may use it.</summary>
    public sealed class Inbox
    {
        readonly Session session;
        readonly Topics topics;
        readonly SettingsStore settings;
        readonly Voice voice;
        readonly Talk talk;

        /// <summary>The way to a device.</summary>
        /// <param name="session">Where messages come from, and refusals go to.</param>
        /// <param name="topics">The device's topics.</param>
        /// <param name="settings">What may be set from afar.</param>
        /// <param name="voice">What says how the device is set then.</param>
        /// <param name="talk">Who takes what else comes; null = nobody.</param>
        public Inbox(Session session, Topics topics, SettingsStore settings, Voice voice, Talk talk)
        {
            this.session = session;
            this.topics = topics;
            this.settings = settings;
            this.voice = voice;
            this.talk = talk;
        }

        /// <summary>Commands for the device.</summary>
        public Mailbox Commands { get; } = new Mailbox();

        /// <summary>Takes the oldest message that came.</summary>
        /// <returns>Whether there was one.</returns>
        public bool Take()
        {
            var e = session.Take();
            if (e == null)
                return false;
            if (talk != null && talk.Take(e))
                return true;
            var text = Encoding.UTF8.GetString(e.Message, 0, e.Message.Length);
            if (e.Topic == Topics.HomeAssistantStatus)
            {
                if (text == Session.Online)
                    voice.Begin(true);
            }
            // An empty message only removes what was retained.
            else if (text.Length > 0 && e.Topic == topics.Settings)
                Set(text);
            else if (text.Length > 0 && e.Topic == topics.Command)
                Order(text, e.Retain);
            return true;
        }

        void Set(string text)
        {
            var before = settings.Current;
            settings.Take(text);
            voice.Report(settings.Current.Sensor != before.Sensor || settings.Current.HomeAssistant != before.HomeAssistant);
        }

        void Order(string text, bool retained)
        {
            string what = null;
            string error = null;
            try
            {
                if (retained)
                    throw new FormatException("retained: a command would be done again with every connection; remove it");
                var command = Command.Read(text);
                what = command.Do;
                if (!Commands.Put(command))
                    error = "too many commands wait";
            }
            catch (FormatException e)
            {
                error = e.Message;
            }
            if (error != null)
                session.Assure(topics.Answer, Payloads.Answer(what, error, null));
        }
    }
}

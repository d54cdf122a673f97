using System.Text;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Journal;

namespace SitSense.Firmware.Link
{
    /// <summary>The events on their way: a few from the journal, in order, each until its PUBACK. Only then the journal forgets it.</summary>
    public sealed class Outbox
    {
        const int Window = 8;
        const int NotSent = -1;

        readonly object gate = new object();
        readonly EventJournal journal;
        readonly Payloads payloads;
        readonly Topics topics;
        readonly Record[] records = new Record[Window];
        readonly int[] ids = new int[Window];
        readonly bool[] acknowledged = new bool[Window];
        int count;
        long last;

        /// <summary>The way from a journal to a device's topics.</summary>
        public Outbox(EventJournal journal, Payloads payloads, Topics topics)
        {
            this.journal = journal;
            this.payloads = payloads;
            this.topics = topics;
            for (var i = 0; i < Window; i++)
                records[i] = new Record();
        }

        /// <summary>Begins anew after a loss of the connection: what was not acknowledged is sent again.</summary>
        public void Reset()
        {
            lock (gate)
            {
                count = 0;
                last = 0;
            }
        }

        /// <summary>Forgets what was acknowledged, and publishes as far as the window goes.</summary>
        public void Pump(MqttClient client)
        {
            // The gate is held over Publish, so that a PUBACK that is quicker than its return finds the id.
            lock (gate)
            {
                while (count > 0 && acknowledged[0])
                {
                    journal.Forget(records[0].Order);
                    Shift();
                }
                while (count < Window && journal.Next(last, records[count]))
                {
                    last = records[count].Order;
                    ids[count] = NotSent;
                    acknowledged[count] = false;
                    count++;
                }
                for (var i = 0; i < count; i++)
                    if (ids[i] == NotSent)
                        ids[i] = client.Publish(
                            records[i].Kind == RecordKind.Posture ? topics.Posture : topics.Reminder,
                            Encoding.UTF8.GetBytes(payloads.Event(records[i])),
                            null, null, MqttQoSLevel.AtLeastOnce, false);
            }
        }

        /// <summary>Hears what became of a message.</summary>
        /// <param name="id">Its id.</param>
        /// <param name="published">True at its PUBACK; false when the client gave up, and it is to be sent again.</param>
        public void Heard(int id, bool published)
        {
            lock (gate)
                for (var i = 0; i < count; i++)
                    if (ids[i] == id)
                    {
                        if (published)
                            acknowledged[i] = true;
                        else if (!acknowledged[i])
                            ids[i] = NotSent;
                        return;
                    }
        }

        void Shift()
        {
            var first = records[0];
            count--;
            for (var i = 0; i < count; i++)
            {
                records[i] = records[i + 1];
                ids[i] = ids[i + 1];
                acknowledged[i] = acknowledged[i + 1];
            }
            records[count] = first;
        }
    }
}

using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Update;

namespace SitSense.Firmware.Link
{
    /// <summary>What is heard and said of programs from afar. Only the link's thread may use it.</summary>
    public sealed class UpdateTalk
    {
        readonly Download download;
        readonly Session session;
        readonly Topics topics;

        /// <summary>Between the broker and what fetches programs.</summary>
        public UpdateTalk(Download download, Session session, Topics topics)
        {
            this.download = download;
            this.session = session;
            this.topics = topics;
        }

        /// <summary>Whether a program is being fetched.</summary>
        public bool IsLoading => download.NextAt != long.MaxValue;

        /// <summary>Takes a message that is an offer or a piece.</summary>
        /// <returns>Whether it was one.</returns>
        public bool Take(MqttMsgPublishEventArgs e)
        {
            if (e.Topic == topics.UpdatePiece)
                download.Put(e.Message);
            else if (e.Topic != topics.Update)
                return false;
            // Removing a retained one is no offer.
            else if (e.Message.Length > 0)
                Refuse(e.Retain ? "retained: it would be offered again with every connection; remove it" : download.Offer(e.Message));
            return true;
        }

        /// <summary>Says which piece is wanted, or what came of it.</summary>
        public void Say()
        {
            var state = download.Turn(out var failure);
            Refuse(failure);
            if (state != null)
                session.Assure(topics.UpdateState, state);
        }

        /// <summary>How long until there may be something to say, ms.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="most">The longest that is asked for, ms.</param>
        public int WaitFrom(long now, long most) =>
            download.NextAt - now >= most ? (int)most : download.NextAt > now ? (int)(download.NextAt - now) : 0;

        void Refuse(string why)
        {
            if (why != null)
                session.Assure(topics.Answer, Payloads.Answer("update", why, null));
        }
    }
}

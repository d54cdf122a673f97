using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Link;

namespace SitSense.Upkeep.Update
{
    /// <summary>What is heard and said of programs from afar.</summary>
    public sealed class UpdateTalk : Talk
    {
        readonly Download download;
        Session session;
        string answer;
        string offer;
        string piece;
        string state;

        /// <summary>Between the broker and what fetches programs.</summary>
        public UpdateTalk(Download download) => this.download = download;

        /// <inheritdoc/>
        public override void Join(Session session, Topics topics)
        {
            this.session = session;
            answer = topics.Answer;
            offer = topics.Own + "update";
            piece = offer + "/piece";
            state = offer + "/state";
            session.Client.Subscribe(new string[] { offer, piece }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce });
        }

        /// <inheritdoc/>
        public override bool Take(MqttMsgPublishEventArgs e)
        {
            if (e.Topic == piece)
                download.Put(e.Message);
            else if (e.Topic != offer)
                return false;
            // Removing a retained one is no offer.
            else if (e.Message.Length > 0)
                Refuse(e.Retain ? "retained: it would be offered again with every connection; remove it" : download.Offer(e.Message));
            return true;
        }

        /// <inheritdoc/>
        public override void Say()
        {
            var said = download.Turn(out var failure);
            Refuse(failure);
            if (said != null)
                session.Assure(state, said);
        }

        /// <inheritdoc/>
        public override int WaitFrom(long now, int most) =>
            download.NextAt - now >= most ? most : download.NextAt > now ? (int)(download.NextAt - now) : 0;

        void Refuse(string why)
        {
            if (why != null)
                session.Assure(answer, Payloads.Answer("update", why, null));
        }
    }
}

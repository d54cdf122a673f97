using nanoFramework.M2Mqtt.Messages;

namespace SitSense.Firmware.Link
{
    /// <summary>What somebody beside the device says and hears over its link. Only the link's thread calls it.</summary>
    public abstract class Talk
    {
        /// <summary>The broker is there: asks for the messages that it wants.</summary>
        /// <exception cref="System.Exception">The connection is lost.</exception>
        public abstract void Join(Session session, Topics topics);

        /// <summary>Takes a message, if it is one of those.</summary>
        /// <returns>Whether it was.</returns>
        public abstract bool Take(MqttMsgPublishEventArgs e);

        /// <summary>Says what there is to say.</summary>
        /// <exception cref="System.Exception">The connection is lost.</exception>
        public abstract void Say();

        /// <summary>How long until there may be something to say, ms.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="most">The longest that is asked for, ms.</param>
        public abstract int WaitFrom(long now, int most);
    }
}

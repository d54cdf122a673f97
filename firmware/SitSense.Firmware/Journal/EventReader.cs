namespace SitSense.Firmware.Journal
{
    /// <summary>Finds one event after the other in the segments, and remembers where it was.</summary>
    public sealed class EventReader
    {
        const long Nowhere = -1;

        readonly Segments segments;
        readonly BootTimes times;
        long order = Nowhere;
        int segment;
        int slot;

        /// <summary>A reader of segments; events that are given up are passed over.</summary>
        public EventReader(Segments segments, BootTimes times)
        {
            this.segments = segments;
            this.times = times;
        }

        /// <summary>Forgets where it was, because segments came or went.</summary>
        public void Reset() => order = Nowhere;

        /// <summary>Reads the first event after another.</summary>
        /// <param name="after">That one's <see cref="Record.Order"/>.</param>
        /// <param name="into">Takes the event; meaningless when there is none.</param>
        /// <returns>False when there is none.</returns>
        /// <exception cref="System.IO.IOException">The flash refuses.</exception>
        public bool Next(long after, Record into)
        {
            if (order != after)
            {
                segment = segments.Oldest;
                slot = 0;
            }
            order = Nowhere;
            while (segment <= segments.Newest)
            {
                var slots = segments.Slots(segment);
                while (slot < slots)
                    if (segments.Read(segment, slot++, into) && into.IsEvent && into.Order > after && !times.IsGivenUp(into.Boot))
                    {
                        order = into.Order;
                        return true;
                    }
                if (segment == segments.Newest)
                    break;
                segment++;
                slot = 0;
            }
            order = after;
            return false;
        }
    }
}

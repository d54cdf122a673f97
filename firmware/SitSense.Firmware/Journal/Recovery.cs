using System.Collections;

namespace SitSense.Firmware.Journal
{
    /// <summary>What the records of earlier boots say, read once at the start.</summary>
    public sealed class Recovery
    {
        readonly Segments segments;
        readonly BootTimes times;
        readonly Record record = new Record();

        /// <summary>Reads segments that are open.</summary>
        /// <param name="segments">They.</param>
        /// <param name="times">Learns when the boots began.</param>
        public Recovery(Segments segments, BootTimes times)
        {
            this.segments = segments;
            this.times = times;
            Read(false);
            Read(true);
        }

        /// <summary>The newest boot; 0 = a device without stored state.</summary>
        public uint LastBoot { get; private set; }

        /// <summary>Up to which <see cref="Record.Order"/> events are forgotten.</summary>
        public long Forgotten { get; private set; }

        /// <summary>Events given up so far.</summary>
        public long Lost { get; private set; }

        /// <summary>Events that wait and can be timed.</summary>
        public int Pending { get; private set; }

        /// <summary>Boots (uint) with events that wait and cannot be timed, and how many (int).</summary>
        public Hashtable Untimed { get; } = new Hashtable();

        // What is forgotten is only known at the end, so it takes two readings.
        void Read(bool again)
        {
            for (var segment = segments.Oldest; segment <= segments.Newest; segment++)
            {
                var slots = segments.Slots(segment);
                for (var slot = 0; slot < slots; slot++)
                {
                    if (!segments.Read(segment, slot, record))
                        continue;
                    if (!again)
                        Learn();
                    else if (record.IsEvent && record.Order > Forgotten)
                        Count();
                }
            }
        }

        void Learn()
        {
            if (record.Boot > LastBoot)
                LastBoot = record.Boot;
            if (record.Kind == RecordKind.State)
            {
                Forget(record.Time);
                Lost = record.Value;
            }
            else if (record.Kind == RecordKind.Forgotten)
                Forget(record.Order);
            else if (record.Kind == RecordKind.Anchor)
            {
                times.Set(record.Boot, record.Value);
                Lost += record.Seq;
            }
        }

        void Forget(long order)
        {
            if (order > Forgotten)
                Forgotten = order;
        }

        void Count()
        {
            if (times.IsGivenUp(record.Boot))
                return;
            if (times.Has(record.Boot))
                Pending++;
            else
                Untimed[record.Boot] = Untimed[record.Boot] == null ? 1 : (int)Untimed[record.Boot] + 1;
        }
    }
}

namespace SitSense.Firmware.Journal
{
    /// <summary>Events that the flash refused, in memory until it takes them; a few, and the oldest goes first.</summary>
    public sealed class Spill
    {
        const int Most = 32;

        readonly Record[] records = new Record[Most];

        /// <summary>An empty one.</summary>
        public Spill()
        {
            for (var i = 0; i < Most; i++)
                records[i] = new Record();
        }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>Whether it takes no more without dropping one.</summary>
        public bool IsFull => Count == Most;

        /// <summary>The oldest.</summary>
        public Record First => records[0];

        /// <summary>Takes a copy of an event; there is room.</summary>
        public void Add(Record record) => records[Count++].CopyFrom(record);

        /// <summary>Drops the oldest.</summary>
        public void DropFirst()
        {
            var first = records[0];
            Count--;
            for (var i = 0; i < Count; i++)
                records[i] = records[i + 1];
            records[Count] = first;
        }

        /// <summary>Reads the first event after another.</summary>
        public bool Next(long after, Record into)
        {
            for (var i = 0; i < Count; i++)
                if (records[i].Order > after)
                {
                    into.CopyFrom(records[i]);
                    return true;
                }
            return false;
        }
    }
}

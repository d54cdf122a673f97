using SitSense.Firmware.Board;

namespace SitSense.Firmware.Journal
{
    /// <summary>
    /// One record of the journal, 32 bytes: kind, detail, segment (2), boot (4), seq (4), time (8), value (8), CRC-32 (4), little-endian.
    /// Reused by its owner, so that reading and writing allocate nothing.
    /// </summary>
    public sealed class Record
    {
        /// <summary>Length on flash, bytes.</summary>
        public const int Bytes = 32;

        const int CrcAt = Bytes - 4;

        /// <summary>What it says.</summary>
        public RecordKind Kind;

        /// <summary>The posture, or what happened to the reminder.</summary>
        public byte Detail;

        /// <summary>The number of its segment, counted from the device's first.</summary>
        public ushort Segment;

        /// <summary>The boot that it belongs to.</summary>
        public uint Boot;

        /// <summary>The event's number within the boot, from 1; 0 = before the first.</summary>
        public uint Seq;

        /// <summary>An event's and an anchor's time, monotonic ms of the boot; a state's forgotten event.</summary>
        public long Time;

        /// <summary>A reminder's sitting, ms; an anchor's wall time, ms since 1970; a state's count of lost events.</summary>
        public long Value;

        /// <summary>Whether it is one to publish.</summary>
        public bool IsEvent => Kind == RecordKind.Posture || Kind == RecordKind.Reminder;

        /// <summary>Boot and seq as one number that grows from event to event.</summary>
        public long Order => OrderOf(Boot, Seq);

        /// <summary>Boot and seq as one number that grows from event to event.</summary>
        public static long OrderOf(uint boot, uint seq) => ((long)boot << 32) | seq;

        /// <summary>Makes it the same as another.</summary>
        public void CopyFrom(Record other)
        {
            Kind = other.Kind;
            Detail = other.Detail;
            Segment = other.Segment;
            Boot = other.Boot;
            Seq = other.Seq;
            Time = other.Time;
            Value = other.Value;
        }

        /// <summary>Writes it into the start of a buffer.</summary>
        public void Encode(byte[] buffer)
        {
            buffer[0] = (byte)Kind;
            buffer[1] = Detail;
            buffer[2] = (byte)Segment;
            buffer[3] = (byte)(Segment >> 8);
            Board.Bytes.Put(buffer, 4, Boot);
            Board.Bytes.Put(buffer, 8, Seq);
            Board.Bytes.PutLong(buffer, 12, Time);
            Board.Bytes.PutLong(buffer, 20, Value);
            Board.Bytes.Put(buffer, CrcAt, Crc32.Of(buffer, 0, CrcAt));
        }

        /// <summary>Reads it from a buffer.</summary>
        /// <returns>False when there is no whole record; the fields are then meaningless.</returns>
        public bool Decode(byte[] buffer, int offset)
        {
            Kind = (RecordKind)buffer[offset];
            if (Kind < RecordKind.State || Kind > RecordKind.Forgotten)
                return false;
            if (Board.Bytes.Get(buffer, offset + CrcAt) != Crc32.Of(buffer, offset, CrcAt))
                return false;
            Detail = buffer[offset + 1];
            Segment = (ushort)(buffer[offset + 2] | (buffer[offset + 3] << 8));
            Boot = Board.Bytes.Get(buffer, offset + 4);
            Seq = Board.Bytes.Get(buffer, offset + 8);
            Time = Board.Bytes.GetLong(buffer, offset + 12);
            Value = Board.Bytes.GetLong(buffer, offset + 20);
            return true;
        }
    }
}

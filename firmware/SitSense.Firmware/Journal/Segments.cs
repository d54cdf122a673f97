using System.IO;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Journal
{
    /// <summary>
    /// The journal's files: numbered segments of whole records, appended at the newest and deleted at the oldest. A record that a power cut
    /// tore stays as a slot without meaning.
    /// </summary>
    /// <exception cref="IOException">Any member, when the flash refuses.</exception>
    public sealed class Segments
    {
        /// <summary>Records a segment: one erase block of 4 KiB.</summary>
        public const int RecordsEach = 128;

        /// <summary>Segments kept, 64 KiB: about 2,000 events.</summary>
        public const int Most = 16;

        /// <summary>One file name more than segments, because the next is begun before the oldest is deleted.</summary>
        const int Names = Most + 1;

        const int BlockRecords = 16;

        readonly Flash flash;
        readonly byte[] line = new byte[Record.Bytes];
        readonly byte[] block = new byte[BlockRecords * Record.Bytes];
        int blockSegment = -1;
        int blockStart;
        int blockCount;
        int used;
        bool torn;

        /// <summary>The segments on a flash.</summary>
        public Segments(Flash flash) => this.flash = flash;

        /// <summary>Number of the oldest segment.</summary>
        public int Oldest { get; private set; }

        /// <summary>Number of the newest segment; before the first one -1.</summary>
        public int Newest { get; private set; } = -1;

        /// <summary>Whether the newest takes no more records.</summary>
        public bool IsFull => Newest < 0 || used >= RecordsEach;

        /// <summary>Finds what is there; files without one whole record are removed.</summary>
        public void Open()
        {
            var record = new Record();
            Oldest = 0;
            Newest = -1;
            for (var name = 0; name < Names; name++)
            {
                var path = Path(name);
                if (!flash.Exists(path))
                    continue;
                var number = NumberOf(path, name, record);
                if (number < 0)
                {
                    flash.Delete(path);
                    continue;
                }
                if (Newest < 0 || number < Oldest)
                    Oldest = number;
                if (number > Newest)
                    Newest = number;
            }
            blockSegment = -1;
            if (Newest >= 0)
                Measure();
        }

        /// <summary>Slots in a segment, read or not.</summary>
        public int Slots(int segment)
        {
            if (segment == Newest)
                return used;
            var path = Path(segment % Names);
            return flash.Exists(path) ? flash.Length(path) / Record.Bytes : 0;
        }

        /// <summary>Reads a slot.</summary>
        /// <returns>False when no whole record is there.</returns>
        public bool Read(int segment, int slot, Record into)
        {
            if (segment != blockSegment || slot < blockStart || slot >= blockStart + blockCount)
            {
                blockStart = slot / BlockRecords * BlockRecords;
                blockCount = flash.Read(Path(segment % Names), blockStart * Record.Bytes, block, block.Length) / Record.Bytes;
                blockSegment = segment;
            }
            return slot < blockStart + blockCount && into.Decode(block, (slot - blockStart) * Record.Bytes) && into.Segment == segment;
        }

        /// <summary>Begins the next segment with its first record.</summary>
        public void Begin(Record first)
        {
            // A file of that name could only be left of a beginning that failed.
            flash.Delete(Path((Newest + 1) % Names));
            first.Segment = (ushort)(Newest + 1);
            first.Encode(line);
            flash.Append(Path((Newest + 1) % Names), line, Record.Bytes);
            Newest++;
            used = 1;
            torn = false;
        }

        /// <summary>Appends to the newest, which is not full.</summary>
        public void Append(Record record)
        {
            if (torn)
                Mend();
            record.Segment = (ushort)Newest;
            record.Encode(line);
            torn = true;
            flash.Append(Path(Newest % Names), line, Record.Bytes);
            torn = false;
            used++;
            if (blockSegment == Newest)
                blockSegment = -1;
        }

        /// <summary>Deletes the oldest, which is not the newest.</summary>
        public void DeleteOldest()
        {
            flash.Delete(Path(Oldest % Names));
            Oldest++;
        }

        void Measure()
        {
            var length = flash.Length(Path(Newest % Names));
            used = (length + Record.Bytes - 1) / Record.Bytes;
            torn = length % Record.Bytes != 0;
        }

        void Mend()
        {
            Measure();
            if (!torn)
                return;
            var rest = Record.Bytes - flash.Length(Path(Newest % Names)) % Record.Bytes;
            for (var i = 0; i < rest; i++)
                line[i] = 0;
            flash.Append(Path(Newest % Names), line, rest);
            blockSegment = -1;
        }

        int NumberOf(string path, int name, Record record)
        {
            for (var at = 0; ; at += Record.Bytes)
            {
                if (flash.Read(path, at, line, Record.Bytes) < Record.Bytes)
                    return -1;
                if (record.Decode(line, 0) && record.Segment % Names == name)
                    return record.Segment;
            }
        }

        static string Path(int name) => "I:\\journal" + name.ToString() + ".bin";
    }
}

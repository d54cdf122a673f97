using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Counting
{
    /// <summary>
    /// Today's count, kept over a restart: written each ten minutes while it grows, so that a power cut takes ten minutes of it at most, and
    /// gone on with when the wall time shows that it is still the same day. May be used from any thread.
    /// </summary>
    public sealed class Today
    {
        /// <summary>The content is version, day, sitting and known time, low byte first.</summary>
        const string FilePath = "I:\\today";

        const byte Version = 1;
        const int DayAt = 1, SittingAt = 5, KnownAt = 13, ContentBytes = 21;

        /// <summary>Time between two writes, ms: 144 a day at most.</summary>
        const int KeepMs = 600000;

        readonly object gate = new object();
        readonly DayCount count = new DayCount();
        readonly SafeFile file;
        readonly Faults faults;
        byte[] stored;
        long storedSitting, storedKnown;
        long keepAt = KeepMs;

        /// <summary>Today on a board with this flash.</summary>
        public Today(Flash flash, Faults faults)
        {
            this.faults = faults;
            file = new SafeFile(flash, FilePath, ContentBytes);
        }

        /// <summary>Reads what was kept; call it once, first.</summary>
        public void Begin()
        {
            try
            {
                stored = file.Load();
                if (stored != null && (stored.Length != ContentBytes || stored[0] != Version))
                    stored = null;
            }
            catch (IOException e)
            {
                faults.Report("today", "what was counted today cannot be read: " + e.Message);
            }
        }

        /// <summary>The posture changed.</summary>
        /// <param name="to">What holds now.</param>
        /// <param name="from">Since when, monotonic ms.</param>
        public void Posture(PostureKind to, long from)
        {
            lock (gate)
                count.Posture(to, from);
        }

        /// <summary>Learns the time, and keeps the count from time to time.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="utcMs">Ms since 1970; <see cref="WallTime.Unknown"/> = not known.</param>
        /// <param name="offsetMinutes">Local time minus UTC.</param>
        public void Tick(long now, long utcMs, int offsetMinutes)
        {
            if (utcMs == WallTime.Unknown)
                return;
            lock (gate)
            {
                var before = count.Day;
                count.Time(now, utcMs, offsetMinutes);
                if (before < 0 && stored != null && Bytes.Get(stored, DayAt) == count.Day)
                    count.Add(Bytes.GetLong(stored, SittingAt), Bytes.GetLong(stored, KnownAt));
                // Standing alone is not worth the flash.
                if (now >= keepAt && count.SittingMs(now) != storedSitting)
                    Store(now);
            }
        }

        /// <summary>Keeps what is counted by now, where that has grown.</summary>
        public void Keep(long now)
        {
            lock (gate)
                Store(now);
        }

        /// <summary>What is counted at an instant, in ms; <paramref name="sitting"/> is negative while the wall time is not known.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="bout">The present unbroken sitting; 0 = nobody sits.</param>
        /// <param name="sitting">Sitting since local midnight.</param>
        /// <param name="known">Time since then of which the posture is known.</param>
        public void Read(long now, out long bout, out long sitting, out long known)
        {
            lock (gate)
            {
                bout = count.BoutMs(now);
                sitting = count.Day < 0 ? -1 : count.SittingMs(now);
                known = count.KnownMs(now);
            }
        }

        void Store(long now)
        {
            keepAt = now + KeepMs;
            var sitting = count.SittingMs(now);
            var known = count.KnownMs(now);
            if (count.Day < 0 || known == storedKnown)
                return;
            var content = new byte[ContentBytes];
            content[0] = Version;
            Bytes.Put(content, DayAt, (uint)count.Day);
            Bytes.PutLong(content, SittingAt, sitting);
            Bytes.PutLong(content, KnownAt, known);
            try
            {
                file.Save(content);
                storedSitting = sitting;
                storedKnown = known;
                faults.Report("today", null);
            }
            catch (IOException e)
            {
                faults.Report("today", "what was counted today cannot be stored: " + e.Message);
            }
        }
    }
}

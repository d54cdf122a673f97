using System.IO;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Energy
{
    /// <summary>What a deep sleep must not end beside what is on flash anyway: a pause, and the patience with a broker that is away. By the wall time.</summary>
    public sealed class SleepNote
    {
        const string Path = "I:\\asleep";
        const int BatchAt = 8, FailuresAt = 16, Length = 20;

        readonly SafeFile file;
        readonly Faults faults;

        /// <summary>The note on a flash.</summary>
        public SleepNote(Flash flash, Faults faults)
        {
            this.faults = faults;
            file = new SafeFile(flash, Path, Length);
        }

        /// <summary>Until when no reminders are wanted, ms since 1970; 0 = they are, <see cref="long.MaxValue"/> = for good.</summary>
        public long PausedUntil { get; set; }

        /// <summary>When the next batch is due, ms since 1970.</summary>
        public long Batch { get; set; }

        /// <summary>How many batches in a row did not arrive.</summary>
        public int Failures { get; set; }

        /// <summary>Reads it.</summary>
        /// <returns>False when there is none.</returns>
        public bool Load()
        {
            try
            {
                var bytes = file.Load();
                if (bytes == null || bytes.Length != Length)
                    return false;
                PausedUntil = Bytes.GetLong(bytes, 0);
                Batch = Bytes.GetLong(bytes, BatchAt);
                Failures = (int)Bytes.Get(bytes, FailuresAt);
                return true;
            }
            catch (IOException e)
            {
                faults.Report("flash", e.Message);
                return false;
            }
        }

        /// <summary>Keeps it.</summary>
        public void Save()
        {
            var bytes = new byte[Length];
            Bytes.PutLong(bytes, 0, PausedUntil);
            Bytes.PutLong(bytes, BatchAt, Batch);
            Bytes.Put(bytes, FailuresAt, (uint)Failures);
            try
            {
                file.Save(bytes);
            }
            catch (IOException e)
            {
                faults.Report("flash", e.Message);
            }
        }
    }
}

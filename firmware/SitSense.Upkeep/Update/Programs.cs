using System.IO;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// Which programs the flash holds beside the deployed one, and what is known of them: at most one that has shown itself healthy and one on trial, each
    /// in a slot of its own. A power cut leaves what was known before or after, and so does a flash that refuses. May be used from any thread.
    /// </summary>
    public sealed class Programs
    {
        /// <summary>Starts that a program has to show itself healthy: a power cut in one of them is no proof against it.</summary>
        public const int MostStarts = 3;

        /// <summary>Bytes before each assembly of a program: its length, little-endian.</summary>
        public const int AssemblyHead = 4;

        const int BlockBytes = 4096;
        const string Path = "I:\\programs";
        const uint Format = 1;

        // Places in what is kept.
        const int FormatAt = 0;
        const int NewestAt = 1;
        const int HealthyAt = 2;
        const int TrialAt = 5;
        const int StartsAt = 8;
        const int FailedAt = 9;
        const int Count = 10;

        readonly object gate = new object();
        readonly Flash flash;
        readonly SafeFile file;
        readonly uint[] kept = new uint[Count];
        readonly uint[] saved = new uint[Count];

        /// <summary>The programs on a flash; <see cref="Load"/> first.</summary>
        public Programs(Flash flash)
        {
            this.flash = flash;
            file = new SafeFile(flash, Path, 4 * Count);
        }

        /// <summary>Whether the flash has told what is known: as long as not, no program may be taken.</summary>
        public bool IsLoaded { get; private set; }

        /// <summary>Counter of the newest program that was ever begun: only a newer one may follow.</summary>
        public uint Newest => kept[NewestAt];

        /// <summary>Counter of the program that has shown itself healthy; 0 = none but the deployed one.</summary>
        public uint Healthy => kept[HealthyAt];

        /// <summary>Counter of the program on trial; 0 = none.</summary>
        public uint Trial => kept[TrialAt];

        /// <summary>How often the program on trial was started; of a healthy one, how often in a row it ended by itself.</summary>
        public int Starts => (int)kept[StartsAt];

        /// <summary>Counter of a program that failed, as long as nobody was told; 0 = none.</summary>
        public uint Failed => kept[FailedAt];

        /// <summary>The slot for the next program.</summary>
        public int IdleSlot => Healthy == 0 ? 0 : 1 - Slot(false);

        /// <summary>The file of a slot: a package as it was sent.</summary>
        public static string PathOf(int slot) => "I:\\package" + slot.ToString();

        /// <summary>Reads what is known; nothing where that is damaged or of another format: then the deployed program runs.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Load()
        {
            lock (gate)
            {
                var bytes = file.Load();
                var holds = bytes != null && bytes.Length == 4 * Count && Bytes.Get(bytes, 0) == Format;
                for (var i = 0; i < Count; i++)
                    saved[i] = kept[i] = holds ? Bytes.Get(bytes, 4 * i) : 0;
                IsLoaded = true;
            }
        }

        /// <summary>Puts the program in the idle slot on trial, from the next start.</summary>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void Begin(uint counter, uint crc)
        {
            lock (gate)
            {
                kept[TrialAt + 1] = (uint)IdleSlot;
                kept[TrialAt + 2] = crc;
                kept[TrialAt] = counter;
                kept[NewestAt] = counter;
                kept[StartsAt] = 0;
                kept[FailedAt] = 0;
                Save();
            }
        }

        /// <summary>Counts a start of the program on trial, or an end of the healthy one.</summary>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void CountStart()
        {
            lock (gate)
            {
                kept[StartsAt]++;
                Save();
            }
        }

        /// <summary>A program that runs has shown itself healthy.</summary>
        /// <param name="running">Its counter: another may be on trial from the next start on.</param>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void Confirm(uint running)
        {
            lock (gate)
            {
                if (Trial != running)
                {
                    if (Trial == 0 && Healthy == running)
                    {
                        kept[StartsAt] = 0;
                        Save();
                    }
                    return;
                }
                var before = Healthy == 0 ? -1 : Slot(false);
                for (var i = 0; i < 3; i++)
                    kept[HealthyAt + i] = kept[TrialAt + i];
                kept[TrialAt] = 0;
                kept[StartsAt] = 0;
                Save();
                Remove(before);
            }
        }

        /// <summary>The program on trial has failed: it is never run again.</summary>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void Fail()
        {
            lock (gate)
            {
                var slot = Slot(true);
                kept[FailedAt] = Trial;
                kept[TrialAt] = 0;
                kept[StartsAt] = 0;
                Save();
                Remove(slot);
            }
        }

        /// <summary>Goes back to the deployed program; what was begun stays known, so that nothing older can follow.</summary>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void Drop()
        {
            lock (gate)
            {
                kept[HealthyAt] = 0;
                kept[TrialAt] = 0;
                kept[StartsAt] = 0;
                Save();
                Remove(0);
                Remove(1);
            }
        }

        /// <summary>Somebody was told of the failure.</summary>
        /// <exception cref="IOException">The flash refuses; nothing has changed.</exception>
        public void Told()
        {
            lock (gate)
            {
                kept[FailedAt] = 0;
                Save();
            }
        }

        /// <summary>Bytes of the program on trial or of the healthy one; 0 = that is the deployed one, or is not there.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public int Size(bool trial)
        {
            var path = PathOf(Slot(trial));
            return (trial ? Trial : Healthy) == 0 || !flash.Exists(path) ? 0 : flash.Length(path) - PackageHeader.Length;
        }

        /// <summary>Whether the flash still holds what was checked.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public bool IsWhole(bool trial)
        {
            var buffer = new byte[BlockBytes];
            var size = Size(trial);
            var crc = Crc32.Begin;
            for (var at = 0; at < size;)
            {
                var read = Read(trial, at, buffer);
                if (read <= 0)
                    return false;
                crc = Crc32.Add(crc, buffer, 0, read);
                at += read;
            }
            return size > 0 && Crc32.End(crc) == kept[(trial ? TrialAt : HealthyAt) + 2];
        }

        /// <summary>One of the program's assemblies.</summary>
        /// <param name="trial">Whether of the program on trial.</param>
        /// <param name="at">Where it begins, with its length before it.</param>
        /// <exception cref="IOException">The flash refuses, or there is none.</exception>
        public byte[] Read(bool trial, int at)
        {
            var head = new byte[AssemblyHead];
            if (Read(trial, at, head) == AssemblyHead)
            {
                var length = Bytes.Get(head, 0);
                if (length > 0 && length <= Size(trial) - at - AssemblyHead)
                {
                    var assembly = new byte[(int)length];
                    if (Read(trial, at + AssemblyHead, assembly) == assembly.Length)
                        return assembly;
                }
            }
            throw new IOException("there is no assembly at " + at.ToString());
        }

        int Read(bool trial, int at, byte[] into) => flash.Read(PathOf(Slot(trial)), PackageHeader.Length + at, into, into.Length);

        int Slot(bool trial) => (int)kept[(trial ? TrialAt : HealthyAt) + 1];

        // What the flash does not have is not so.
        void Save()
        {
            kept[FormatAt] = Format;
            var bytes = new byte[4 * Count];
            for (var i = 0; i < Count; i++)
                Bytes.Put(bytes, 4 * i, kept[i]);
            try
            {
                file.Load();
                file.Save(bytes);
            }
            catch (IOException)
            {
                saved.CopyTo(kept, 0);
                throw;
            }
            kept.CopyTo(saved, 0);
        }

        void Remove(int slot)
        {
            if (slot >= 0 && flash.Exists(PathOf(slot)))
                flash.Delete(PathOf(slot));
        }
    }
}

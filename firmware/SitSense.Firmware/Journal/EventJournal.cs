using System;
using System.Collections;
using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;

namespace SitSense.Firmware.Journal
{
    /// <summary>
    /// Changes of posture and reminders, on flash before anybody hears of them and until the broker has acknowledged them. It survives a power
    /// cut at any byte, gives events back in order, and is bounded: when it is full the oldest segment goes, counted in <see cref="Lost"/>.
    /// What the flash refuses waits in memory. May be used from any thread.
    /// </summary>
    public sealed class EventJournal
    {
        /// <summary>A device without stored state begins at a random boot from here.</summary>
        public const int FirstBootFrom = 1 << 20;

        /// <summary>And up to here: as many are left to count on, for a boot is below 2^31.</summary>
        const int FirstBootTo = 1 << 30;

        /// <summary>Acknowledgements that a power cut may undo while more events wait: they are published once more, which changes nothing.</summary>
        const int MostUnwritten = 32;

        /// <summary>A boot whose number cannot be stored takes one so far ahead at most: none that another such boot took.</summary>
        const int MostAhead = 1 << 20;

        /// <summary>A drift of the wall time against the monotonic one that is worth a record, ms.</summary>
        const long DriftMs = 500;

        readonly object gate = new object();
        readonly Faults faults;
        readonly Segments segments;
        readonly BootTimes times = new BootTimes();
        readonly EventReader reader;
        readonly Spill spill = new Spill();
        readonly Record record = new Record();
        readonly Record seen = new Record();
        PostureKind newest;
        uint newestSeq;
        long forgotten;
        int unwritten;

        /// <summary>The journal on a flash; <see cref="Open"/> begins this boot in it.</summary>
        public EventJournal(Flash flash, Faults faults)
        {
            this.faults = faults;
            segments = new Segments(flash);
            reader = new EventReader(segments, times);
        }

        /// <summary>This boot's number: one more than the last, and a random one after it where it cannot be stored.</summary>
        public uint Boot { get; private set; }

        /// <summary>The seq of the newest event of this boot; 0 = none yet.</summary>
        public uint Seq { get; private set; }

        /// <summary>Events that wait to be acknowledged.</summary>
        public int Pending { get; private set; }

        /// <summary>Events given up since the device's first boot: no room, or from a boot whose wall time was never known.</summary>
        public long Lost { get; private set; }

        /// <summary>Whether the wall time of this boot is known.</summary>
        public bool IsDated { get; private set; }

        /// <summary>Reads what the flash holds and begins a new boot.</summary>
        /// <param name="seed">Chance, for a boot without the last one's number, or without a place for its own.</param>
        public void Open(int seed)
        {
            lock (gate)
            {
                var last = 0u;
                try
                {
                    last = Recover();
                }
                catch (IOException e)
                {
                    faults.Report("journal", e.Message);
                }
                var chance = new Random(seed);
                Boot = last > 0 ? last + 1 : (uint)(FirstBootFrom + chance.Next(FirstBootTo - FirstBootFrom));
                if (!SaveState() && !(MakeRoom() && SaveState()))
                    Boot += (uint)chance.Next(MostAhead);
            }
        }

        /// <summary>Takes a change of posture.</summary>
        /// <param name="posture">What holds.</param>
        /// <param name="since">Since when, monotonic ms.</param>
        public void Add(PostureKind posture, long since)
        {
            lock (gate)
            {
                Add(RecordKind.Posture, (byte)posture, since, 0);
                newest = posture;
                newestSeq = Seq;
            }
        }

        /// <summary>Takes what happened to a reminder.</summary>
        /// <param name="kind">What.</param>
        /// <param name="ms">When, monotonic ms.</param>
        /// <param name="sittingMs">The unbroken sitting, ms.</param>
        public void Add(ReminderKind kind, long ms, long sittingMs)
        {
            lock (gate)
                Add(RecordKind.Reminder, (byte)kind, ms, sittingMs);
        }

        /// <summary>Learns the wall time; the events of this boot are timed by it, also those before.</summary>
        /// <param name="ms">Now, monotonic ms.</param>
        /// <param name="utcMs">Now, ms since 1970.</param>
        public void SetTime(long ms, long utcMs)
        {
            lock (gate)
            {
                var drift = utcMs - ms - times.BeginOf(Boot);
                if (times.Has(Boot) && drift < DriftMs && drift > -DriftMs)
                    return;
                times.Set(Boot, utcMs - ms);
                IsDated = true;
                FillAnchor(record, Boot, 0);
                Save(record);
            }
        }

        /// <summary>When a time of a boot was, ms since 1970; <see cref="WallTime.Unknown"/> where that is not known.</summary>
        public long UtcOf(uint boot, long ms)
        {
            lock (gate)
            {
                var begin = times.BeginOf(boot);
                return begin == WallTime.Unknown ? WallTime.Unknown : begin + ms;
            }
        }

        /// <summary>The newest change of posture of this boot; before the first one seq 0 and <see cref="PostureKind.Unknown"/>.</summary>
        public void Newest(out uint seq, out PostureKind posture)
        {
            lock (gate)
            {
                seq = newestSeq;
                posture = newest;
            }
        }

        /// <summary>Reads the first pending event after another.</summary>
        /// <param name="after">That one's <see cref="Record.Order"/>; 0 = the oldest is wanted.</param>
        /// <param name="into">Takes the event.</param>
        /// <returns>False when there is none.</returns>
        public bool Next(long after, Record into)
        {
            lock (gate)
            {
                if (after < forgotten)
                    after = forgotten;
                try
                {
                    if (reader.Next(after, into))
                        return true;
                }
                catch (IOException e)
                {
                    // Nor what came later: acknowledged, it would be taken for the last of all that is on flash.
                    faults.Report("journal", e.Message);
                    return false;
                }
                return spill.Next(after, into);
            }
        }

        /// <summary>Forgets the oldest pending event, which was acknowledged.</summary>
        /// <param name="order">Its <see cref="Record.Order"/>; one forgotten before is passed over.</param>
        public void Forget(long order)
        {
            lock (gate)
            {
                if (order <= forgotten)
                    return;
                forgotten = order;
                Pending--;
                while (spill.Count > 0 && spill.First.Order <= order)
                    spill.DropFirst();
                if (++unwritten < MostUnwritten && Pending > 0)
                    return;
                record.Kind = RecordKind.Forgotten;
                record.Detail = 0;
                record.Boot = (uint)(order >> 32);
                record.Seq = (uint)order;
                record.Time = record.Value = 0;
                if (Save(record))
                    Shed();
            }
        }

        /// <summary>Tries again to write what waits in memory.</summary>
        public void Retry()
        {
            lock (gate)
                Flush();
        }

        uint Recover()
        {
            segments.Open();
            var recovery = new Recovery(segments, times);
            forgotten = recovery.Forgotten;
            Pending = recovery.Pending;
            Lost = recovery.Lost;
            foreach (DictionaryEntry boot in recovery.Untimed)
                GiveUp((uint)boot.Key, (int)boot.Value);
            return recovery.LastBoot;
        }

        // An age would be a guess, and a guess would be counted as sitting. An anchor without a time says so, with the number as its seq.
        void GiveUp(uint boot, int events)
        {
            times.Set(boot, WallTime.Unknown);
            Lost += events;
            FillAnchor(record, boot, events);
            Save(record);
        }

        void Add(RecordKind kind, byte detail, long time, long value)
        {
            Flush();
            record.Kind = kind;
            record.Detail = detail;
            record.Boot = Boot;
            record.Seq = ++Seq;
            record.Time = time;
            record.Value = value;
            Pending++;
            if (spill.Count == 0 && Save(record))
                return;
            if (spill.IsFull)
            {
                spill.DropFirst();
                Pending--;
                Lost++;
            }
            spill.Add(record);
        }

        void Flush()
        {
            while (spill.Count > 0 && Save(spill.First))
                spill.DropFirst();
        }

        bool SaveState()
        {
            FillState(record);
            return Save(record);
        }

        // The oldest events rather than two boots of one number, whose events would be taken for each other's.
        bool MakeRoom()
        {
            if (segments.Oldest >= segments.Newest)
                return false;
            try
            {
                GiveUpOldest();
                segments.DeleteOldest();
                reader.Reset();
                return true;
            }
            catch (IOException e)
            {
                faults.Report("journal", e.Message);
                return false;
            }
        }

        bool Save(Record what)
        {
            try
            {
                if (segments.IsFull)
                    BeginSegment();
                segments.Append(what);
                if (what.Kind == RecordKind.Forgotten)
                    unwritten = 0;
                faults.Report("journal", null);
                return true;
            }
            catch (IOException e)
            {
                faults.Report("journal", e.Message);
                return false;
            }
        }

        void BeginSegment()
        {
            if (segments.Newest - segments.Oldest + 1 >= Segments.Most)
                GiveUpOldest();
            var first = new Record();
            FillState(first);
            segments.Begin(first);
            reader.Reset();
            if (times.Has(Boot))
            {
                FillAnchor(first, Boot, 0);
                segments.Append(first);
            }
            while (segments.Newest - segments.Oldest + 1 > Segments.Most)
                segments.DeleteOldest();
        }

        void FillState(Record into)
        {
            into.Kind = RecordKind.State;
            into.Detail = 0;
            into.Boot = Boot;
            into.Seq = Seq;
            into.Time = forgotten;
            into.Value = Lost;
        }

        void FillAnchor(Record into, uint boot, int lost)
        {
            into.Kind = RecordKind.Anchor;
            into.Detail = 0;
            into.Boot = boot;
            into.Seq = (uint)lost;
            into.Time = 0;
            into.Value = times.BeginOf(boot);
        }

        /// <summary>Counts the pending events of the oldest segment as lost, because it has to go.</summary>
        void GiveUpOldest()
        {
            var slots = segments.Slots(segments.Oldest);
            for (var slot = 0; slot < slots; slot++)
                if (segments.Read(segments.Oldest, slot, seen) && seen.IsEvent && seen.Order > forgotten)
                {
                    forgotten = seen.Order;
                    if (times.IsGivenUp(seen.Boot))
                        continue;
                    Pending--;
                    Lost++;
                }
        }

        /// <summary>Deletes the oldest segments as long as everything in them is forgotten.</summary>
        void Shed()
        {
            try
            {
                while (segments.Oldest < segments.Newest)
                {
                    var slots = segments.Slots(segments.Oldest);
                    for (var slot = 0; slot < slots; slot++)
                        if (segments.Read(segments.Oldest, slot, seen) && seen.IsEvent && seen.Order > forgotten)
                            return;
                    segments.DeleteOldest();
                    reader.Reset();
                }
            }
            catch (IOException e)
            {
                faults.Report("journal", e.Message);
            }
        }
    }
}

using NodaTime;

namespace SitSense.Sitting;

/// <summary>
/// From what a device sent to what it vouched for. The answer depends on what was sent alone, never on the order of its arrival.
/// </summary>
/// <remarks>
/// Within a boot the order is seq. Between message k and k+1 the posture of k holds throughout; where k+1 is missing or there is nothing later
/// it holds until k's last heartbeat, and without one not at all. A reminder continues the posture before it if every number between came.
/// A heartbeat whose own message never came vouches its own posture until the next heartbeat with that number. What a later message of the
/// same boot says begins at its time, whatever an earlier one's heartbeat claimed. Boots are streams of their own; should two overlap, or the heartbeats
/// of a message that never came and those of another, they are merged like two devices (<see cref="Timeline.Merge"/>).
/// </remarks>
public static class Vouching
{
    /// <summary>The device's timeline. A posture of no length keeps its place: an up of no length still ends a bout.</summary>
    /// <param name="device">The name that the stretches carry.</param>
    /// <param name="records">Changes and reminders, in any order.</param>
    /// <param name="heartbeats">All heartbeats, or the first and last of each (boot, seq), in any order.</param>
    public static DeviceTimeline Vouch(string device, IReadOnlyList<DeviceRecord> records, IReadOnlyList<Heartbeat> heartbeats)
    {
        var walk = new Walk(device, Ordered(records, ByNumber), Ordered(heartbeats, ByNumber));
        while (walk.Boot()) { }
        return new(Timeline.Merge([walk.Vouched.ToArray()]), walk.Moved);
    }

    static T[] Ordered<T>(IReadOnlyList<T> items, Comparison<T> order)
    {
        var copy = new T[items.Count];
        var ascending = true;
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = items[i];
            ascending &= i == 0 || order(copy[i - 1], copy[i]) <= 0;
        }
        if (!ascending)
            Array.Sort(copy, order);
        return copy;
    }

    static int ByNumber(DeviceRecord a, DeviceRecord b) =>
        a.Boot != b.Boot ? a.Boot.CompareTo(b.Boot)
        : a.Seq != b.Seq ? a.Seq.CompareTo(b.Seq)
        : a.At != b.At ? a.At.CompareTo(b.At)
        : Nullable.Compare(a.Posture, b.Posture);

    static int ByNumber(Heartbeat a, Heartbeat b) =>
        a.Boot != b.Boot ? a.Boot.CompareTo(b.Boot)
        : a.Seq != b.Seq ? a.Seq.CompareTo(b.Seq)
        : a.At != b.At ? a.At.CompareTo(b.At)
        : a.Posture.Rank().CompareTo(b.Posture.Rank());

    /// <summary>Goes through records and heartbeats by (boot, seq), once.</summary>
    sealed class Walk(string device, DeviceRecord[] records, Heartbeat[] beats)
    {
        int _record;
        int _beat;

        public List<Stretch> Vouched { get; } = new(records.Length);

        public int Moved { get; private set; }

        /// <summary>Walks the next boot; false when there is none.</summary>
        public bool Boot()
        {
            if (_record == records.Length && _beat == beats.Length)
                return false;
            var boot = Math.Min(_record < records.Length ? records[_record].Boot : long.MaxValue, _beat < beats.Length ? beats[_beat].Boot : long.MaxValue);

            var time = Instant.MinValue;      // the newest message's; the next one is not before it
            var previous = -1L;
            Posture? holds = null;
            while (true)
            {
                var more = Has(_record, boot);
                if (_beat < beats.Length && beats[_beat].Boot == boot && (!more || beats[_beat].Seq < records[_record].Seq))
                {
                    Lost(time, more ? Instant.Max(time, records[_record].At) : Instant.MaxValue);
                    continue;
                }
                if (!more)
                    return true;

                var record = records[_record];
                if (record.At < time)
                    Moved++;
                time = Instant.Max(time, record.At);
                holds = record.Posture ?? (record.Seq - 1 == previous ? holds : null);
                previous = record.Seq;
                while (Has(_record, boot) && records[_record].Seq == record.Seq)
                    _record++;
                var heldTo = HeldTo(record, time);
                if (holds is { } posture && (heldTo > time || record.Posture is not null))
                    Vouched.Add(new(time, heldTo, posture, device));
            }
        }

        bool Has(int index, long boot) => index < records.Length && records[index].Boot == boot;

        /// <summary>Until when the record's posture is vouched; passes over its heartbeats.</summary>
        Instant HeldTo(DeviceRecord record, Instant since)
        {
            var lastBeat = since;
            for (; _beat < beats.Length && beats[_beat].Boot == record.Boot && beats[_beat].Seq == record.Seq; _beat++)
                lastBeat = Instant.Max(since, beats[_beat].At);
            if (!Has(_record, record.Boot))
                return lastBeat;
            var next = Instant.Max(since, records[_record].At);
            return records[_record].Seq - 1 == record.Seq ? next : Instant.Min(lastBeat, next);
        }

        /// <summary>The heartbeats of a message that never came, between the messages before and after it.</summary>
        void Lost(Instant after, Instant limit)
        {
            var first = beats[_beat];
            for (; _beat + 1 < beats.Length && beats[_beat + 1].Boot == first.Boot && beats[_beat + 1].Seq == first.Seq; _beat++)
            {
                var from = Instant.Max(after, beats[_beat].At);
                var to = Instant.Min(limit, beats[_beat + 1].At);
                if (to > from)
                    Vouched.Add(new(from, to, beats[_beat].Posture, device));
            }
            _beat++;
        }
    }
}

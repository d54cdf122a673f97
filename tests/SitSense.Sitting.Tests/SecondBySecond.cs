using NodaTime;

namespace SitSense.Sitting.Tests;

/// <summary>
/// The contract's rules 1 to 6 once more, asked of every single second: slow, and written without a look at how the product does it.
/// </summary>
static class SecondBySecond
{
    const int Minimum = 10;

    /// <summary>The posture that a device vouched for in a second; null = nobody did.</summary>
    public static Posture? Vouched(Imagined device, int second) => device.Records.Select(r => r.Boot).Concat(device.Heartbeats.Select(h => h.Boot)).Distinct()
        .Select(boot => OfBoot(InBoot(device, boot), [.. device.Heartbeats.Where(h => h.Boot == boot)], second)).MaxBy(Class);

    public static bool ChangedToUpAt(Imagined device, int second) => device.Records.Select(r => r.Boot).Distinct()
        .Any(boot => InBoot(device, boot).Any(record => record.Posture is { } posture && Class(posture) == 2 && Second(record.At) == second));

    /// <summary>Not known 1 or 0, up 2, sitting 3.</summary>
    public static int Class(Posture? posture) => posture switch { Posture.Sitting => 3, Posture.Upright or Posture.Object => 2, null => 0, _ => 1 };

    public static int[] Clean(int[] seconds)
    {
        var kinds = seconds.Select(kind => kind < 2 ? 0 : kind).ToArray();
        return Without(Without(kinds, 2, 3), 3, 2);
    }

    public static List<(int From, int To, bool Cut, bool Rise)> Bouts(int[] clean, Func<int, bool> changedToUp, int start, int end)
    {
        var bouts = new List<(int, int, bool, bool)>();
        for (var from = start; from < end; from++)
        {
            if (clean[from] != 3 || (from > start && clean[from - 1] == 3))
                continue;
            var to = from;
            while (to < end && clean[to] == 3)
                to++;
            var after = to < clean.Length ? clean[to] : 0;
            var rise = after == 2 || (after == 0 && changedToUp(to));
            bouts.Add((from, to, !(from > 0 && clean[from - 1] == 2) || !rise, rise));
        }
        return bouts;
    }

    static DeviceRecord[] InBoot(Imagined device, long boot)
    {
        var ordered = device.Records.Where(record => record.Boot == boot).OrderBy(record => record.Seq).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].At < ordered[i - 1].At)
                ordered[i] = ordered[i] with { At = ordered[i - 1].At };
        return ordered;
    }

    static Posture? OfBoot(DeviceRecord[] records, Heartbeat[] heartbeats, int second)
    {
        var newest = Array.FindLastIndex(records, record => Second(record.At) <= second);
        var next = newest + 1 < records.Length ? records[newest + 1] : (DeviceRecord?)null;
        var seq = newest < 0 ? -1 : records[newest].Seq;
        var claims = new List<Posture?>();
        if (newest >= 0 && (next?.Seq == seq + 1 || heartbeats.Any(beat => beat.Seq == seq && Second(beat.At) > second)))
            claims.Add(PostureOf(records, newest));

        // The messages that never came between those two.
        foreach (var lost in heartbeats.Where(beat => beat.Seq > seq && !(beat.Seq >= next?.Seq)).GroupBy(beat => beat.Seq))
            if (lost.Any(beat => Second(beat.At) > second) && lost.Where(beat => Second(beat.At) <= second).OrderBy(beat => beat.At).ToArray() is [.., var last])
                claims.Add(last.Posture);
        return claims.MaxBy(Class);
    }

    static Posture? PostureOf(DeviceRecord[] records, int index)
    {
        while (records[index].Posture is null && index > 0 && records[index - 1].Seq == records[index].Seq - 1)
            index--;
        return records[index].Posture;
    }

    static int[] Without(int[] kinds, int kind, int other)
    {
        var result = kinds.ToArray();
        for (var from = 1; from < kinds.Length; from++)
        {
            if (kinds[from] != kind || kinds[from - 1] != other)
                continue;
            var to = from;
            while (to < kinds.Length && kinds[to] == kind)
                to++;
            if (to - from < Minimum && to < kinds.Length && kinds[to] == other)
                Array.Fill(result, other, from, to - from);
        }
        return result;
    }

    static int Second(Instant at) => (int)(at - Told.Eight).TotalSeconds;
}

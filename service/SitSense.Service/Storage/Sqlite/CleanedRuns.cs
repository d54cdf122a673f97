using System.Text;
using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The stored form of cleaned timelines.</summary>
/// <remarks>
/// Numbers of seven bits a byte, the lowest first: how many devices, of each the length of its name and the name, how many runs, and of each the milliseconds
/// since the one before ended (of the first since 1970), its length, and twice the index of its device, one more where it is sitting.
/// </remarks>
static class CleanedRuns
{
    public static void Save(Writer db, string wearer, LocalDate date, CleanedDay? day)
    {
        if (day is null)
            db.Run("DELETE FROM cleaned WHERE wearer=?1 AND date=?2", wearer, date);
        else
            db.Run("INSERT OR REPLACE INTO cleaned(wearer, date, first, last, minimum, runs) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                wearer, date, day.Span.Start, day.Span.End, day.Minimum.ToInt64Nanoseconds(), Bytes(day.Timeline.Stretches));
    }

    public static CleanTimeline? Read(Database db, string wearer, LocalDate date, Interval span, Duration minimum) => db.List(
        row => CleanTimeline.Of(Runs(row.GetFieldValue<byte[]>(0))),
        "SELECT runs FROM cleaned WHERE wearer=?1 AND date=?2 AND first=?3 AND last=?4 AND minimum=?5",
        wearer, date, span.Start, span.End, minimum.ToInt64Nanoseconds()).FirstOrDefault();

    /// <summary>Forgets a wearer's, so that their days are worked out from what the devices said.</summary>
    public static void Forget(Writer db, string wearer) => db.Run("DELETE FROM cleaned WHERE wearer=?1", wearer);

    static byte[] Bytes(Stretch[] runs)
    {
        List<string> devices = [];
        foreach (var run in runs)
            if (!devices.Contains(run.Device))
                devices.Add(run.Device);
        var bytes = new List<byte>(64 + 8 * runs.Length);
        Put(devices.Count);
        foreach (var device in devices)
        {
            var name = Encoding.UTF8.GetBytes(device);
            Put(name.Length);
            bytes.AddRange(name);
        }
        Put(runs.Length);
        var before = 0L;
        foreach (var run in runs)
        {
            var (from, to) = (run.From.ToUnixTimeMilliseconds(), run.To.ToUnixTimeMilliseconds());
            Put(from - before);
            Put(to - from);
            Put(2 * devices.IndexOf(run.Device) + (run.Posture == Posture.Sitting ? 1 : 0));
            before = to;
        }
        return [.. bytes];

        void Put(long number)
        {
            for (; number >= 0x80; number >>= 7)
                bytes.Add((byte)(number | 0x80));
            bytes.Add((byte)number);
        }
    }

    static Stretch[] Runs(byte[] bytes)
    {
        var at = 0;
        var devices = new string[Next()];
        for (var i = 0; i < devices.Length; i++)
        {
            var length = (int)Next();
            devices[i] = Encoding.UTF8.GetString(bytes, at, length);
            at += length;
        }
        var runs = new Stretch[Next()];
        var before = 0L;
        for (var i = 0; i < runs.Length; i++)
        {
            var from = before + Next();
            before = from + Next();
            var kind = Next();
            runs[i] = new(Instant.FromUnixTimeMilliseconds(from), Instant.FromUnixTimeMilliseconds(before), kind % 2 == 1 ? Posture.Sitting : Posture.Upright, devices[kind / 2]);
        }
        return runs;

        long Next()
        {
            var number = 0L;
            for (var shift = 0; ; shift += 7)
            {
                var one = bytes[at++];
                number |= (long)(one & 0x7F) << shift;
                if (one < 0x80)
                    return number;
            }
        }
    }
}

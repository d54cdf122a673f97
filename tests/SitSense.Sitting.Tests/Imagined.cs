using NodaTime;

namespace SitSense.Sitting.Tests;

/// <summary>What one device might have sent in a quarter of an hour, in whole seconds, with all that can go wrong on the way.</summary>
sealed record Imagined(string Device, DeviceRecord[] Records, Heartbeat[] Heartbeats)
{
    public const int Seconds = 900;

    static readonly Posture[] Kinds = [Posture.Sitting, Posture.Sitting, Posture.Upright, Posture.Upright, Posture.Object, Posture.Off, Posture.Unknown];

    public DeviceTimeline Vouch() => Vouching.Vouch(Device, Records, Heartbeats);

    /// <summary>The same in another order, some of it twice.</summary>
    public Imagined Shuffled(Random random)
    {
        DeviceRecord[] records = [.. Records, .. Records.Where(_ => random.Next(4) == 0)];
        Heartbeat[] heartbeats = [.. Heartbeats, .. Heartbeats.Where(_ => random.Next(4) == 0)];
        random.Shuffle(records);
        random.Shuffle(heartbeats);
        return new(Device, records, heartbeats);
    }

    /// <param name="random">Decides.</param>
    /// <param name="device">Its name.</param>
    /// <param name="whole">All that it sent, in the order of time within a boot; else some is lost, and its clock is put back.</param>
    public static Imagined Stream(Random random, string device = "d", bool whole = false)
    {
        var records = new List<DeviceRecord>();
        var heartbeats = new List<Heartbeat>();
        var now = random.Next(60);
        for (var boot = random.Next(3); now < Seconds; boot++, now += random.Next(-60, 60))
        {
            var posture = Posture.Unknown;
            for (var (seq, last) = (random.Next(3), random.Next(40)); seq < last && now < Seconds; seq++)
            {
                // Changes come quickly, so that the ten seconds matter; at times the clock is put back.
                now = Math.Max(0, now + random.Next(10) switch { 0 => whole ? 0 : -random.Next(12), 1 => 0, < 7 => random.Next(1, 13), _ => random.Next(10, 90) });
                var reminder = random.Next(6) == 0;
                if (!reminder)
                    posture = Kinds[random.Next(Kinds.Length)];
                if (whole || random.Next(8) != 0)
                    records.Add(new(boot, seq, Told.At(now), reminder ? null : posture));
                for (var beat = random.Next(4); beat > 0 && random.Next(2) == 0; beat--)
                    heartbeats.Add(new(boot, seq, Told.At(now += random.Next(15)), posture));
            }
        }
        return new(device, [.. records], [.. heartbeats]);
    }
}

using SitSense.Firmware.Posture;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>An imagined morning in the office through sensor, detector and the device's main loop, against what the body did.</summary>
public sealed class ImaginedDayTests
{
    static readonly DateTime from = new(2026, 11, 16, 6, 30, 0, DateTimeKind.Utc), to = from.AddHours(3);

    [Fact]
    public void A_cushion_calls_a_morning_as_it_was()
    {
        var right = ShareOfWearCalledRight(Sensor.Seat, seed: 11);

        Assert.True(right > 0.98, $"right for {right:P1} of the time");
    }

    [Fact]
    public void A_clip_on_the_thigh_calls_the_worn_part_of_a_morning_as_it_was()
    {
        var right = ShareOfWearCalledRight(Sensor.Thigh, seed: 11);

        Assert.True(right > 0.95, $"right for {right:P1} of the time that it was worn");
    }

    static double ShareOfWearCalledRight(Sensor sensor, int seed)
    {
        using var folder = new TempFolder();
        using var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            Seed = seed,
            Zone = TimeZoneInfo.Utc,
            FlashFolder = folder.Path,
            Speed = 0,
            StartUtc = from,
            NeverPassesRealNow = false,
        });
        var changes = new List<(DateTime At, PostureKind Posture)>();
        twin.PostureChanged += (posture, since, _) => changes.Add((twin.Board.Clock.StartUtc.AddMilliseconds(since), posture));
        twin.PowerOn();
        twin.Run(to - from);

        int worn = 0, right = 0;
        for (var at = from.AddSeconds(0.5); at < to; at = at.AddSeconds(1))
        {
            var truth = twin.Wearer.PostureAt(at, sensor);
            if (truth == PostureKind.Off)
                continue;
            worn++;
            right += changes.LastOrDefault(change => change.At <= at).Posture == truth ? 1 : 0;
        }
        return right / (double)worn;
    }
}

using SitSense.Firmware.Posture;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>What a cushion counts of imagined sitters who find a new way of sitting every 240 s; on people it is not validated.</summary>
public class SeatMeasuresTests(ITestOutputHelper output)
{
    static readonly DateTime Start = new(2026, 11, 16, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Shifts_are_counted()
    {
        const int Hours = 2, SlotSeconds = 240, Pads = 8;
        var errors = new List<double>();
        for (var seed = 1; seed <= 10; seed++)
        {
            var clock = new VirtualClock(Start);
            var load = new SeatLoad(new Wearer(seed, [
                new Spell(Start, Start.AddMinutes(1), Activity.Walk, false, false),
                new Spell(Start.AddMinutes(1), Start.AddMinutes(1).AddHours(Hours), Activity.Sit, true, false)]), clock, Pads);
            var seat = new SeatDetector(Pads);
            var counts = new int[Pads];
            var slots = new double[Hours * 3600 / SlotSeconds + 1][];
            for (var ms = 0L; ms < 60_000 + Hours * 3_600_000; ms += 100)
            {
                clock.RunUntil(ms, Timeout.InfiniteTimeSpan);
                for (var pad = 0; pad < Pads; pad++)
                    counts[pad] = load.Counts(pad);
                var slot = slots[ms < 60_000 ? 0 : 1 + (ms - 60_000) / 1000 / SlotSeconds] ??= new double[Pads];
                // The first seconds of a way are on the way to it.
                if (ms < 60_000 || (ms - 60_000) / 1000 % SlotSeconds >= 20)
                    for (var pad = 0; pad < Pads; pad++)
                        slot[pad] += counts[pad] / (ms < 60_000 ? 600.0 : 10.0 * (SlotSeconds - 20));
                seat.Add(ms, counts);
            }
            var ways = slots.Skip(1).Select(way => way.Zip(slots[0], (sat, empty) => Math.Max(0, sat - empty)).ToArray()).ToList();
            var moved = ways.Zip(ways.Skip(1), (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / (a.Sum() + b.Sum())).ToList();
            var shifts = moved.Count(share => share >= 0.1);
            errors.Add(seat.Shifts / (double)shifts - 1);
            output.WriteLine($"{seed}: {seat.Shifts} shifts of {shifts}, longest still {seat.LongestStill / 1000.0:f0} s");
        }
        output.WriteLine($"shifts off by {100 * Math.Sqrt(errors.Average(error => error * error)):f0} % in the root mean square");
        Assert.True(errors.Max(Math.Abs) < 0.3);
    }
}

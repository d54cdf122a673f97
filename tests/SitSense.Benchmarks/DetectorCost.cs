using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SitSense.Firmware.Posture;
using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Benchmarks;

/// <summary>
/// What a sample costs a detector: managed bytes, time against one vector normalisation of the same samples in the same run, and its state.
/// The samples are an imagined wearer's day: sitting, standing, walking, all that lies between, the night off, and faults of the sensor.
/// </summary>
static class DetectorCost
{
    const int MotionPeriodMs = 40, SeatPeriodMs = 100, Pads = 8;

    static readonly DateTime Monday = new(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc);

    public static Command Create()
    {
        var hours = new Option<int>("--hours") { DefaultValueFactory = _ => 24, Description = "How much of a day each detector lives through." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 7, Description = "How often the time is taken." };
        var command = new Command("detectors", "Bytes, time and state of a sample of thigh, belt and seat.") { hours, rounds };
        command.SetAction(parsed => Run(parsed.GetValue(hours), parsed.GetValue(rounds)));
        return command;
    }

    static void Run(int hours, int rounds)
    {
        Console.WriteLine("| place | samples | bytes allocated a sample | state, bytes | in 12-byte blocks | ns a sample | normalisations a sample (least to most) |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var sensor in new[] { Sensor.Thigh, Sensor.Belt })
        {
            var day = Motion(sensor, hours);
            Func<MotionDetector> make = sensor == Sensor.Belt ? () => new BeltDetector() : () => new ThighDetector();
            Measure(sensor, day.Length / 6, rounds, make, detector => Live(detector, day), () => Normalise(day, 6));
        }
        var seat = Seat(hours);
        var counts = new int[Pads];
        var plain = Array.ConvertAll(seat, count => (float)count);
        Measure(Sensor.Seat, seat.Length / Pads, rounds, () => new SeatDetector(Pads), detector => Live(detector, seat, counts), () => Normalise(plain, Pads));
    }

    static void Measure<T>(Sensor sensor, int samples, int rounds, Func<T> make, Action<T> live, Func<float> normalise) where T : PostureDetector
    {
        live(make());
        normalise();
        var ratios = new List<double>();
        var (bytes, nanoseconds) = (0L, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            var detector = make();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            live(detector);
            var lived = Stopwatch.GetElapsedTime(start);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            start = Stopwatch.GetTimestamp();
            sink += normalise();
            ratios.Add(lived / Stopwatch.GetElapsedTime(start));
            nanoseconds = Math.Min(nanoseconds, lived.TotalNanoseconds / samples);
        }
        ratios.Sort();
        var (values, blocks) = DeviceMemory.Of(make());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {sensor.ToString().ToLowerInvariant()} | {samples} | {(double)bytes / samples / rounds:0.######} | {values} | {blocks} | {nanoseconds:F0} | {ratios[rounds / 2]:F1} ({ratios[0]:F1} to {ratios[^1]:F1}) |"));
    }

    /// <summary>Keeps the reference's result, so that it cannot be left out.</summary>
    static float sink;

    static void Live(MotionDetector detector, float[] day)
    {
        var ms = 0L;
        for (var i = 0; i < day.Length; i += 6, ms += MotionPeriodMs)
            if (IsMissing(ms))
                detector.Miss(ms);
            else
                detector.Add(ms, day[i], day[i + 1], day[i + 2], day[i + 3], day[i + 4], day[i + 5]);
    }

    static void Live(SeatDetector detector, int[] day, int[] counts)
    {
        var ms = 0L;
        for (var i = 0; i < day.Length; i += Pads, ms += SeatPeriodMs)
            if (IsMissing(ms))
                detector.Miss(ms);
            else
            {
                Array.Copy(day, i, counts, 0, Pads);
                detector.Add(ms, counts);
            }
    }

    // Half a minute of each hour the sensor does not answer.
    static bool IsMissing(long ms) => ms / 1000 % 3600 is >= 1800 and < 1830;

    static float Normalise(float[] day, int step)
    {
        var sum = 0f;
        for (var i = 0; i < day.Length; i += step)
        {
            float x = day[i], y = day[i + 1], z = day[i + 2];
            var length = MathF.Sqrt(x * x + y * y + z * z);
            sum += x / length + y / length + z / length;
        }
        return sum;
    }

    static float[] Motion(Sensor sensor, int hours)
    {
        var body = new BodyMotion(new Wearer(5, TimeZoneInfo.Utc), sensor, new VirtualClock(Monday.AddHours(7)));
        var day = new float[hours * 3_600_000L / MotionPeriodMs * 6];
        var stuck = 0f;
        for (var i = 0; i < day.Length; i += 6)
        {
            var ms = i / 6L * MotionPeriodMs;
            var s = body.At(ms);
            double[] values = [s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz];
            for (var axis = 0; axis < 6; axis++)
                day[i + axis] = (float)(values[axis] + (axis < 3 ? 0.003 : 0.1) * Noise.Normal(5, ms, axis));
            // Half a minute of each hour an axis stands still, and half a minute the range is another.
            var second = ms / 1000 % 3600;
            if (second is >= 600 and < 630)
                day[i + 1] = stuck;
            else if (second is >= 1200 and < 1230)
                day[i] *= 2;
            stuck = day[i + 1];
        }
        return day;
    }

    static int[] Seat(int hours)
    {
        var clock = new VirtualClock(Monday.AddHours(7));
        var load = new SeatLoad(new Wearer(5, TimeZoneInfo.Utc), clock, Pads);
        var day = new int[hours * 3_600_000L / SeatPeriodMs * Pads];
        for (var i = 0; i < day.Length; i += Pads)
        {
            clock.RunUntil((long)i / Pads * SeatPeriodMs, Timeout.InfiniteTimeSpan);
            for (var pad = 0; pad < Pads; pad++)
                day[i + pad] = load.Counts(pad);
        }
        return day;
    }
}

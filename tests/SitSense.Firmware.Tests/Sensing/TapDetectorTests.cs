using SitSense.Firmware.Sensing;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Sensing;

/// <summary>Taps as the sensor's filter at 10 Hz leaves them, on synthetic bodies; no recording of real taps is at hand.</summary>
public class TapDetectorTests(ITestOutputHelper output)
{
    /// <summary>
    /// What is left of a finger's tap: a push of half a sine of 12 ms, which flesh and strap take back over 60 ms, averaged over the 44 ms of a
    /// filter at 10 Hz.
    /// </summary>
    static double Filtered(double ms, double peak)
    {
        const double Push = 12, Back = 60, Window = 44, Step = 0.5;
        double sum = 0;
        for (var t = ms - Window; t < ms; t += Step)
            sum += t < 0 ? 0 : t < Push ? peak * Math.Sin(Math.PI * t / Push) : t < Push + Back ? -peak * 2 / Math.PI * Push / Back : 0;
        return sum * Step / Window;
    }

    /// <summary>When a body that sits quietly is knocked at, s, what is told.</summary>
    static int Taps(int seed, double peak, params double[] at)
    {
        var chance = new Random(seed);
        var (phase, direction) = (chance.NextDouble() * 40, chance.Next(3));
        var detector = new TapDetector();
        var told = 0;
        var body = new Body(seed, standing: 80)
        {
            Noise = 0.004,
            Sample = (ms, v) =>
            {
                foreach (var knock in at)
                    v[direction] += (float)Filtered(ms + phase - knock * 1000, peak * (0.8 + 0.4 * new Random(seed + (int)(knock * 100)).NextDouble()));
                told += detector.Add(ms, v[0], v[1], v[2]) ? 1 : 0;
            },
        };
        body.Stay(10);
        return told;
    }

    [Theory]
    [InlineData(1, 0.4)]
    [InlineData(1.5, 0.9)]
    [InlineData(2, 0.98)]
    [InlineData(4, 0.98)]
    [InlineData(5, 0.98)]
    public void Two_taps_on_a_body_at_rest_are_told_once(double peak, double share)
    {
        const int Tries = 200;
        var told = Enumerable.Range(0, Tries).Select(seed => Taps(seed, peak, 4, 4 + 0.2 + 0.25 * new Random(seed).NextDouble())).ToList();
        output.WriteLine($"of {Tries} double taps of {peak} g {told.Count(n => n == 1)} were told");
        Assert.DoesNotContain(told, n => n > 1);
        Assert.InRange(told.Count(n => n == 1), share * Tries, Tries);
    }

    [Fact]
    public void One_tap_three_taps_slow_taps_and_knocking_on_are_none()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.Equal(0, Taps(seed, 3, 4));
            Assert.Equal(0, Taps(seed, 3, 4, 4.3, 4.6));
            Assert.Equal(0, Taps(seed, 3, 4, 5));
            Assert.Equal(0, Taps(seed, 3, Enumerable.Range(0, 20).Select(i => 3 + 0.3 * i).ToArray()));
        }
    }

    [Fact]
    public void Two_double_taps_after_another_are_two() => Assert.Equal(2, Taps(7, 4, 3, 3.3, 6, 6.3));

    [Fact]
    public void Nothing_that_a_synthetic_body_does_is_a_double_tap()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var detector = new TapDetector();
            var body = new Body(seed) { Sample = (ms, v) => Assert.False(detector.Add(ms, v[0], v[1], v[2]), $"seed {seed} at {ms} ms") };
            body.Walk(20, 8).Stay(3).SitDown().Stay(10).Dip(1.5, 20, 0.1).Stay(5).Dip(0.5, 5, 0.02).Stay(0.3).Dip(0.5, 5, 0.02).Stay(5)
                .StandUp().Stay(4).Walk(30, 12).SitDown().Stay(3).StandUp().Walk(10, 5).Stay(2);
        }
    }

    [Theory]
    [InlineData("hapt")]
    [InlineData("motionsense")]
    public void Nothing_that_recorded_people_do_is_a_double_tap(string set)
    {
        var (taps, hours) = (0, 0.0);
        foreach (var file in Directory.GetFiles(Needs.Recordings(set), "*.csv.gz").Order())
        {
            var rows = LabelledRecording.Read(file);
            var detector = new TapDetector();
            foreach (var (ms, v) in LabelledRecording.Samples(rows))
                if (detector.Add(ms, v[0], v[1], v[2]))
                {
                    taps++;
                    output.WriteLine($"{Path.GetFileName(file)} at {ms / 1000.0:f1} s: {rows.Last(row => row.T <= rows[0].T + ms / 1000.0).Label}");
                }
            hours += (rows[^1].T - rows[0].T) / 3600;
        }
        output.WriteLine($"{taps} in {hours:f1} h");
        Assert.Equal(0, taps);
    }

    [Fact]
    public void Samples_that_stop_and_go_on_are_no_knock()
    {
        var detector = new TapDetector();
        long ms = 1000;
        for (var round = 0; round < 20; round++, ms += 400)
            for (var i = 0; i < 30; i++, ms += 40)
                Assert.False(detector.Add(ms, round % 2, 1 - round % 2, 0));
    }
}

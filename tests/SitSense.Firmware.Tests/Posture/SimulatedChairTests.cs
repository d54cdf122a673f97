using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>The seat on many simulated chairs, scored as recordings are: one second at a time. Not validated on labelled data.</summary>
public class SimulatedChairTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(8, 500, 500)]
    [InlineData(8, 100, 500)]
    [InlineData(8, 80, 80)]
    [InlineData(4, 100, 100)]
    [InlineData(3, 100, 100)]
    [InlineData(2, 100, 100)]
    [InlineData(1, 100, 100)]
    public void Sitting_is_told_from_an_empty_chair(int pads, int periodMs, int holdMs)
    {
        int tp = 0, fn = 0, fp = 0, tn = 0;
        double worst = 1;
        for (var seed = 0; seed < 20; seed++)
        {
            var chair = new SimulatedChair(seed * 17 + pads, pads, periodMs, holdMs);
            var watched = new Watched(new SeatDetector(pads));
            chair.Sample = watched.Add;
            Office(chair, new Random(seed));
            var (a, b, c, d) = Score(chair, watched);
            (tp, fn, fp, tn) = (tp + a, fn + b, fp + c, tn + d);
            worst = Math.Min(worst, Math.Min(a / (double)(a + b), d / (double)(c + d)));
        }
        double sens = tp / (double)(tp + fn), spec = tn / (double)(tn + fp);
        output.WriteLine($"pads {pads}, every {periodMs} ms, held {holdMs} ms: sensitivity {sens:f4} specificity {spec:f4} worst {worst:f3}, {tp + fn} s sat, {tn + fp} s empty");
        Assert.True(sens >= 0.995 && spec >= 0.99, $"sens {sens:f4} spec {spec:f4}");
    }

    [Theory]
    [InlineData(8, 500)]
    [InlineData(4, 100)]
    [InlineData(1, 100)]
    public void A_sitter_is_hardly_ever_an_object(int pads, int periodMs)
    {
        foreach (var (name, who) in new (string, Func<double, Sitter>)[] { ("quiet", Sitter.Quiet), ("motionless", Sitter.Motionless) })
        {
            int sat = 0, wrong = 0, people = 0;
            for (var seed = 0; seed < 20; seed++)
            {
                var (chair, watched) = Chair(seed * 13 + pads, pads, periodMs);
                chair.Stay(60).Sit(who(45 + 3.5 * seed), 3600, (Way)(seed % 6)).Leave(60);
                var (tp, fn, _, _) = Score(chair, watched);
                sat += tp + fn;
                wrong += fn;
                people += fn > 60 ? 1 : 0;
            }
            output.WriteLine($"{name}, pads {pads}, every {periodMs} ms: {wrong / (double)sat:p2} of {sat / 3600.0:f0} h taken for an object, {people} of 20 sitters");
            if (name == "quiet")
                Assert.True(wrong < 0.002 * sat, $"{wrong} of {sat} s");
        }
    }

    [Theory]
    [InlineData(8, 500)]
    [InlineData(4, 100)]
    [InlineData(1, 100)]
    public void A_thing_is_an_object_since_it_was_put_down(int pads, int periodMs)
    {
        foreach (var (name, kilograms) in new[] { ("bag", 8.0), ("laptop", 2.0), ("box", 20.0) })
        {
            int seen = 0, told = 0, since = 0;
            var slowest = 0L;
            for (var seed = 0; seed < 20; seed++)
            {
                var (chair, watched) = Chair(seed * 19 + pads, pads, periodMs);
                chair.Stay(60).Sit(Sitter.AtDesk(75), 600).Leave(60);
                var put = chair.Ms;
                chair.Sit(Sitter.Thing(kilograms), 1800, (Way)(seed % 7));
                if (!watched.Changes.Any(change => change.Decided > put))
                    continue;
                seen++;
                if (watched.Detector.Current != PostureKind.Object)
                    continue;
                told++;
                var change = watched.Changes.Last(change => change.Posture == PostureKind.Object);
                slowest = Math.Max(slowest, change.Decided - put);
                since += Math.Abs(change.Since - put) < 3000 ? 1 : 0;
            }
            output.WriteLine($"{name} {kilograms} kg, pads {pads}, every {periodMs} ms: too light to be noticed {20 - seen}, object {told} of {seen}, of them {since} since it was put down, after {slowest / 1000} s at most");
            Assert.True(told >= 0.95 * seen && since >= 0.95 * told, $"{name}: {told} of {seen}, {since}");
        }
    }

    [Fact]
    public void A_cat_that_moves_rarely_is_mostly_an_object()
    {
        foreach (var every in new[] { 120, 300, 900 })
        {
            int lay = 0, sat = 0;
            for (var seed = 0; seed < 15; seed++)
            {
                var (chair, watched) = Chair(seed, 8, 100);
                chair.Stay(60).Sit(Sitter.AtDesk(75), 900).Leave(60);
                var came = chair.Ms;
                chair.Sit(Sitter.Cat(every), 3600, Way.Left);
                for (var ms = came; ms < chair.Ms; ms += 1000)
                {
                    lay++;
                    sat += watched.At(ms) == Sitting ? 1 : 0;
                }
            }
            output.WriteLine($"cat that moves every {every} s: {sat / (double)lay:p0} of its time called sitting");
            Assert.True(every < 300 || sat < 0.5 * lay, $"every {every} s: {sat} of {lay} s");
        }
    }

    [Theory]
    [InlineData(8, 500)]
    [InlineData(8, 100)]
    [InlineData(4, 100)]
    public void Shifts_are_counted(int pads, int periodMs)
    {
        int made = 0, counted = 0;
        var errors = new List<double>();
        for (var seed = 0; seed < 20; seed++)
        {
            var (chair, watched) = Chair(seed * 7 + pads, pads, periodMs);
            chair.Stay(30).Sit(Sitter.AtDesk(45 + 3.5 * seed), 3600).Leave(30);
            made += chair.Shifts;
            counted += ((SeatDetector)watched.Detector).Shifts;
            errors.Add(Math.Abs(((SeatDetector)watched.Detector).Shifts - chair.Shifts) / (double)chair.Shifts);
        }
        output.WriteLine($"pads {pads}, every {periodMs} ms: {made} shifts made in 20 h, {counted} counted, median error of an hour {errors.Order().ElementAt(10):p0}, worst {errors.Max():p0}");
        Assert.InRange(counted / (double)made, 0.8, 1.2);
    }

    [Theory]
    [InlineData(8, 500)]
    [InlineData(4, 100)]
    public void A_day_of_drift_changes_nothing(int pads, int periodMs)
    {
        int tp = 0, fn = 0, fp = 0, tn = 0;
        for (var seed = 0; seed < 6; seed++)
        {
            var (chair, watched) = Chair(seed * 23 + pads, pads, periodMs);
            var random = new Random(seed);
            chair.DriftPerHour = 60 * (seed % 2 * 2 - 1);
            while (chair.Ms < 9 * 3600_000)
                chair.Sit(Sitter.AtDesk(50 + 60 * random.NextDouble()), 600 + random.Next(3600)).Leave(30 + random.Next(600));
            var (a, b, c, d) = Score(chair, watched);
            (tp, fn, fp, tn) = (tp + a, fn + b, fp + c, tn + d);
        }
        double sens = tp / (double)(tp + fn), spec = tn / (double)(tn + fp);
        output.WriteLine($"pads {pads}, 60 counts an hour: sensitivity {sens:f4} specificity {spec:f4}");
        Assert.True(sens >= 0.999 && spec >= 0.99, $"sens {sens:f4} spec {spec:f4}");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void Whoever_leans_or_perches_for_minutes_goes_on_sitting(int pads)
    {
        int sat = 0, wrong = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (chair, watched) = Chair(seed * 29 + pads, pads, pads == 8 ? 500 : 100);
            chair.Stay(60).Sit(seed % 2 == 0 ? Sitter.Quiet(80) : Sitter.AtDesk(60), 900)
                .Move(Way.Edge, 300, 0.3).Move(Way.Middle, 300).Move(Way.Middle, 300, 0.25).Move(Way.Edge, 120, 0.25).Leave(60);
            var (tp, fn, _, _) = Score(chair, watched);
            sat += tp + fn;
            wrong += fn;
        }
        output.WriteLine($"pads {pads}, a quarter of the load for minutes: {wrong} of {sat} s lost");
        Assert.True(wrong < 0.005 * sat, $"{wrong} of {sat}");
    }

    static (SimulatedChair Chair, Watched Watched) Chair(int seed, int pads, int periodMs)
    {
        var watched = new Watched(new SeatDetector(pads));
        return (new SimulatedChair(seed, pads, periodMs, periodMs) { Sample = watched.Add }, watched);
    }

    /// <summary>An hour or more of short and long sittings, each by another sitter.</summary>
    static void Office(SimulatedChair chair, Random random)
    {
        chair.Residual = 0.13 * random.NextDouble();
        if (random.Next(2) == 0)
            chair.Stay(20 + random.Next(100));
        for (var i = 0; i < 8; i++)
        {
            var kilograms = 45 + 75 * random.NextDouble();
            var who = random.Next(3) == 0 ? Sitter.Quiet(kilograms) : Sitter.AtDesk(kilograms);
            chair.Sit(who, 12 + Math.Exp(2 + 4 * random.NextDouble()), (Way)random.Next(5));
            if (random.Next(2) == 0)
                chair.Move(Way.Edge, 15 + random.Next(200), 0.5 + 0.5 * random.NextDouble());
            chair.Leave(12 + Math.Exp(2 + 3.5 * random.NextDouble()));
        }
    }

    static (int Tp, int Fn, int Fp, int Tn) Score(SimulatedChair chair, Watched watched)
    {
        int tp = 0, fn = 0, fp = 0, tn = 0;
        foreach (var second in chair.Truth.GroupBy(sample => sample.Ms / 1000))
        {
            var share = second.Average(sample => sample.Sits ? 1.0 : 0);
            if (share is > 0.1 and < 0.9)
                continue;
            var said = watched.At(second.Key * 1000 + 500);
            if (share > 0.5)
                _ = said == Sitting ? tp++ : fn++;
            else
                _ = said is Upright or PostureKind.Object ? tn++ : fp++;
        }
        return (tp, fn, fp, tn);
    }
}

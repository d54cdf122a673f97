using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Posture;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>
/// The twin's imagined bodies through sensors that are bad, broken or cut off. <see cref="Watched"/> holds every change to times in order and ten seconds between
/// two of them; what a fault leaves to be said is `off` or `unknown`.
/// </summary>
public class FuzzedBodyTests(ITestOutputHelper output)
{
    const double DayMinutes = 8;

    public static TheoryData<bool> Places => [true, false];

    [Theory, MemberData(nameof(Places))]
    public void Any_mounting_is_as_good_as_any_other(bool belt) => ForAll(seed =>
        Assert.True(RightShare(seed, any => new Day(belt, any)) > Good(belt)));

    [Theory, MemberData(nameof(Places))]
    public void From_12_and_a_half_to_100_samples_a_second_nothing_flaps_and_the_thigh_is_as_good(bool belt) => ForAll(seed =>
    {
        foreach (var hz in new[] { 12.5, 25, 50, 100 })
        {
            var day = new Day(belt, seed) { Hz = hz }.Live();
            Assert.InRange(day.Changes, 1, 16);
            Assert.True(belt || day.RightShare > Good(belt), $"{hz} Hz");
        }
    }, runs: 3);

    [Theory]
    [InlineData(12.5)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    public void Of_thirty_imagined_days_the_belt_gets_the_usual_one_right(double hz)
    {
        var shares = Enumerable.Range(0, 30).AsParallel().Select(seed => new Day(true, seed) { Hz = hz }.Live().RightShare).Order().ToList();
        output.WriteLine(FormattableString.Invariant($"{hz} Hz: right in {shares[15]:f3} of the seconds in the median, worst {shares[0]:f3} {shares[1]:f3} {shares[2]:f3}"));
        Assert.True(shares[15] > 0.95 && shares[2] > 0.6);
    }

    [Theory, MemberData(nameof(Places))]
    public void Ten_times_the_noise_of_the_data_sheet_makes_nothing_flap(bool belt) => ForAll(seed =>
        Assert.InRange(new Day(belt, seed) { Noise = 0.013 }.Live().Changes, 1, 16));

    [Theory, MemberData(nameof(Places))]
    public void Steps_and_rises_that_clip_at_the_end_of_the_range_are_survived(bool belt) => ForAll(seed =>
        Assert.True(RightShare(seed, any => new Day(belt, any) { Spoil = (_, s, _) => Clip(s, 1.1f, 60) }) > Good(belt)));

    [Theory, MemberData(nameof(Places))]
    public void One_sample_in_five_may_be_dropped(bool belt) => ForAll(seed =>
        Assert.True(RightShare(seed, any => new Day(belt, any) { Dropped = 0.2 }) > Good(belt)));

    [Theory, MemberData(nameof(Places))]
    public void Gaps_of_seconds_now_and_then_make_nothing_flap(bool belt) => ForAll(seed =>
        Assert.InRange(new Day(belt, seed) { Lost = t => t % 47 < 1 + seed % 7 }.Live().Changes, 1, 24));

    [Theory, MemberData(nameof(Places))]
    public void A_bus_that_fails_is_unknown_until_it_answers_again(bool belt) => ForAll(seed =>
    {
        var day = new Day(belt, seed) { FaultFrom = 200 + seed % 100, FaultTo = 400, Lost = t => true };
        day.Live();
        day.AssertNothingSaidInTheFault(after: PostureDetector.FaultMs + PostureDetector.MinimumMs + 1000);
    });

    [Theory, MemberData(nameof(Places))]
    public void An_axis_that_is_stuck_is_unknown(bool belt) => ForAll(seed =>
    {
        var axis = seed % 6;
        float? stuck = null;
        var day = new Day(belt, seed)
        {
            FaultFrom = 200 + seed % 100,
            FaultTo = 400,
            Spoil = (_, s, faulty) =>
            {
                if (faulty)
                    s[axis] = stuck ??= s[axis];
            },
        };
        day.Live();
        day.AssertNothingSaidInTheFault(after: PostureDetector.FaultMs + PostureDetector.MinimumMs + 2000);
    });

    [Theory, MemberData(nameof(Places))]
    public void A_range_that_changes_by_itself_is_unknown_while_nothing_moves(bool belt) => ForAll(seed =>
    {
        var factor = seed % 2 == 0 ? 2f : 0.5f;
        var day = new Day(belt, seed, still: true)
        {
            FaultFrom = 200 + seed % 100,
            FaultTo = 400,
            Spoil = (_, s, faulty) =>
            {
                for (var i = 0; i < 6 && faulty; i++)
                    s[i] *= factor;
            },
        };
        day.Live();
        day.AssertNothingSaidInTheFault(after: 2 * PostureDetector.FaultMs);
    });

    [Theory, MemberData(nameof(Places))]
    public void A_sensor_that_answers_with_noise_makes_nothing_flap(bool belt) => ForAll(seed =>
    {
        var day = new Day(belt, seed) { FaultFrom = 200, FaultTo = 400, Spoil = Scramble };
        Assert.InRange(day.Live().Changes, 1, 16);

        void Scramble(Random random, float[] s, bool faulty)
        {
            for (var i = 0; i < 6 && faulty; i++)
                s[i] = (float)(random.NextDouble() * 2 - 1) * (i < 3 ? 4 : 500);
        }
    });

    [Theory, MemberData(nameof(Places))]
    public void Everything_at_once_ends_nothing_and_makes_nothing_flap(bool belt) => ForAll(seed =>
    {
        var random = new Random(seed);
        float[]? held = null;
        var worst = new Day(belt, seed)
        {
            Hz = 12.5 * Math.Pow(2, 3 * random.NextDouble()),
            Noise = 0.02 * random.NextDouble(),
            Dropped = 0.5 * random.NextDouble(),
            Lost = t => t % 91 < 14 * random.NextDouble(),
            Spoil = (chance, s, _) =>
            {
                var what = chance.Next(400);
                if (what < 2)
                    held = what == 0 ? [.. s] : null;
                held?.CopyTo(s, 0);
                if (what == 3)
                    s[chance.Next(6)] = new[] { float.NaN, float.PositiveInfinity, 0, 1e30f, -4 }[chance.Next(5)];
                Clip(s, 2, 250);
            },
        };
        Assert.InRange(worst.Live().Changes, 0, 48);
    });

    /// <summary>What a broken sensor must not take away: a belt is less sure than a thigh of what is short and fast.</summary>
    // One transition missed at the belt can cost minutes of one day.
    static double Good(bool belt) => belt ? 0.8 : 0.9;

    static double RightShare(int seed, Func<int, Day> day) => Enumerable.Range(seed, 4).Average(any => day(any).Live().RightShare);

    static void ForAll(Action<int> holds, int runs = 10) =>
        Prop.ForAll<int>(seed => holds(Math.Abs(seed % 10_000))).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true));

    static void Clip(float[] s, float g, float dps)
    {
        for (var i = 0; i < 6; i++)
            s[i] = s[i] > (i < 3 ? g : dps) ? (i < 3 ? g : dps) : s[i] < -(i < 3 ? g : dps) ? -(i < 3 ? g : dps) : s[i];
    }

    /// <summary>Eight minutes of an imagined body: walks first, then does what chance says.</summary>
    sealed class Day
    {
        static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

        readonly bool belt;
        readonly Random random;
        readonly Wearer wearer;
        readonly BodyMotion motion;
        readonly double[] x, y, z;
        readonly Watched watched;

        public Day(bool belt, int seed, bool still = false)
        {
            this.belt = belt;
            random = new Random(seed);
            var spells = new List<Spell> { new(start, start.AddSeconds(40), Activity.Walk, true, false) };
            for (var at = spells[0].To; at < start.AddMinutes(DayMinutes); at = spells[^1].To)
            {
                var what = still || spells[^1].Activity != Activity.Sit && random.Next(3) > 0 ? Activity.Sit : random.Next(2) == 0 ? Activity.Stand : Activity.Walk;
                spells.Add(new Spell(at, at.AddSeconds(still ? 3600 : random.Next(30, 150)), what, true, false));
            }
            wearer = new Wearer(seed, spells);
            motion = new BodyMotion(wearer, belt ? Sensor.Belt : Sensor.Thigh, new VirtualClock(start));
            (x, y, z) = Mounting();
            watched = new Watched(belt ? new BeltDetector() : new ThighDetector());
        }

        public double Hz { get; init; } = 25;

        /// <summary>Standard deviation, g; the data sheet's is 0.0013 at 10 Hz.</summary>
        public double Noise { get; init; } = 0.0013;

        /// <summary>Share of samples that never come.</summary>
        public double Dropped { get; init; }

        /// <summary>Whether the sensor cannot be read at a second; with a fault only in it.</summary>
        public Func<double, bool>? Lost { get; init; }

        /// <summary>What is done to a sample; told whether the fault is on.</summary>
        public Action<Random, float[], bool> Spoil { get; init; } = (_, _, _) => { };

        public double FaultFrom { get; init; } = double.MaxValue;

        public double FaultTo { get; init; } = double.MaxValue;

        public int Changes => watched.Changes.Count;

        /// <summary>Share of the seconds after the first half minute that are called as they were.</summary>
        public double RightShare
        {
            get
            {
                int right = 0, all = 0;
                for (var second = 30; second < DayMinutes * 60 - 15; second++, all++)
                    right += watched.At(second * 1000) == wearer.PostureAt(start.AddSeconds(second), belt ? Sensor.Belt : Sensor.Thigh) ? 1 : 0;
                return right / (double)all;
            }
        }

        public Day Live()
        {
            for (var i = 0; i / Hz < DayMinutes * 60; i++)
            {
                var t = i / Hz;
                var ms = (long)(t * 1000);
                var faulty = t >= FaultFrom && t < FaultTo;
                if (random.NextDouble() < Dropped)
                    continue;
                if (Lost is not null && (FaultFrom < double.MaxValue ? faulty : Lost(t)))
                {
                    watched.Miss(ms);
                    continue;
                }
                var s = Felt(motion.At(t * 1000));
                Spoil(random, s, faulty);
                watched.Add(ms, s);
            }
            return this;
        }

        public void AssertNothingSaidInTheFault(int after)
        {
            Assert.Contains(watched.Changes, change => change.Decided < FaultFrom * 1000 && change.Posture is Sitting or Upright);
            var before = watched.Changes.Where(change => change.Decided <= FaultFrom * 1000 + after).LastOrDefault();
            Assert.True(before.Posture is Unknown or Off, $"{before.Posture} {after} ms after the fault");
            Assert.All(watched.Changes.Where(change => change.Decided > FaultFrom * 1000 + after && change.Decided < FaultTo * 1000),
                change => Assert.True(change.Posture is Unknown or Off, $"{change.Posture} at {change.Decided}"));
        }

        float[] Felt(MotionSample at)
        {
            var turned = new float[6];
            for (var i = 0; i < 3; i++)
            {
                turned[i] = (float)(x[i] * at.Ax + y[i] * at.Ay + z[i] * at.Az + Noise * Normal());
                turned[3 + i] = (float)(x[i] * at.Gx + y[i] * at.Gy + z[i] * at.Gz + 12 * Noise * Normal());
            }
            // In an MPU6050's counts.
            for (var i = 0; i < 6; i++)
                turned[i] = (float)Math.Round(turned[i] * (i < 3 ? 8192 : 65.5)) / (i < 3 ? 8192f : 65.5f);
            return turned;
        }

        (double[], double[], double[]) Mounting()
        {
            double[] a = Unit([Normal(), Normal(), Normal()]), other = Unit([Normal(), Normal(), Normal()]);
            var b = Unit(Cross(a, other));
            return (a, b, Cross(a, b));
        }

        static double[] Cross(double[] a, double[] b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

        static double[] Unit(double[] v) => [.. v.Select(c => c / Math.Sqrt(v.Sum(w => w * w)))];

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}

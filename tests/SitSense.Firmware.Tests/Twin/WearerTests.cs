using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Posture;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

public sealed class WearerTests
{
    static readonly TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    static readonly DateTime monday = new(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_a_wearer_does_depends_on_who_and_when_alone() =>
        Prop.ForAll(Gen.Choose(1, 50).Two().ToArbitrary(), Gen.Choose(0, 14 * 86_400).ListOf().ToArbitrary(), (pair, seconds) =>
        {
            var once = new Wearer(pair.Item1, berlin);
            var again = new Wearer(pair.Item1, berlin);
            var forwards = seconds.Distinct().Order().ToDictionary(s => s, s => once.At(monday.AddSeconds(s)), null);
            foreach (var s in seconds.OrderDescending())
                Assert.Equal(forwards[s], again.At(monday.AddSeconds(s)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spells_follow_each_other_without_gap_through_every_day_of_a_year_with_its_clock_changes()
    {
        var wearer = new Wearer(3, berlin);
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var end = at.AddDays(365);
        while (at < end)
        {
            var spell = wearer.At(at);
            Assert.True(spell.From <= at && at < spell.To, $"{spell} at {at:O}");
            Assert.True(spell.To - spell.From >= TimeSpan.FromSeconds(10), $"{spell} is no spell by the 10 s rule");
            at = spell.To;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_office_week_is_plausible(int seed)
    {
        var wearer = new Wearer(seed, berlin);
        var hours = new Dictionary<PostureKind, double>();
        var bouts = 0;
        for (var spell = wearer.At(monday); spell.From < monday.AddDays(5); spell = wearer.At(spell.To))
        {
            var posture = Wearer.Posture(spell, Sensor.Thigh);
            hours[posture] = hours.GetValueOrDefault(posture) + (spell.To - spell.From).TotalHours / 5;
            bouts += posture == PostureKind.Sitting ? 1 : 0;
        }

        Assert.InRange(hours[PostureKind.Sitting], 7, 13);
        Assert.InRange(hours[PostureKind.Upright], 1.5, 7);
        Assert.InRange(hours[PostureKind.Off], 6, 11);
        Assert.InRange(bouts / 5.0, 10, 40);
    }

    [Fact]
    public void A_bag_is_left_on_the_own_seat_only_and_is_an_object_there()
    {
        var wearer = new Wearer(1, berlin);
        var bags = 0;
        for (var spell = wearer.At(monday); spell.From < monday.AddDays(14); spell = wearer.At(spell.To))
            if (spell.BagOnSeat)
            {
                bags++;
                Assert.Equal(PostureKind.Object, Wearer.Posture(spell, Sensor.Seat));
                Assert.NotEqual(PostureKind.Object, Wearer.Posture(spell, Sensor.Belt));
                Assert.False(spell.AtDesk);
            }
        Assert.True(bags > 0);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_clip_feels_one_g_at_rest_steps_while_walking_and_turns_as_its_gyroscope_says(Sensor sensor)
    {
        var wearer = new Wearer(5, berlin);
        var motion = new BodyMotion(wearer, sensor, new VirtualClock(monday));
        const double Step = 5;
        double error = 0, turned = 0;
        for (var spell = wearer.At(monday); spell.From < monday.AddDays(1); spell = wearer.At(spell.To))
        {
            var from = (spell.From - monday).TotalMilliseconds;
            var loads = new List<double>();
            for (var ms = from; ms < from + Math.Min(10_000, (spell.To - spell.From).TotalMilliseconds); ms += Step)
            {
                var a = motion.At(ms);
                loads.Add(Math.Sqrt(a.Ax * a.Ax + a.Ay * a.Ay + a.Az * a.Az));
                if (spell.Activity is not (Activity.Sit or Activity.Stand) || ms > from + 3000)
                    continue;
                // Rotation carries gravity: dg/dt = -w x g, looked at where the body is slow.
                var b = motion.At(ms + Step);
                var expected = -(a.Gy * a.Az - a.Gz * a.Ay) * Math.PI / 180 * Step / 1000;
                error += Math.Abs(b.Ax - a.Ax - expected);
                turned += Math.Abs(b.Ax - a.Ax);
            }
            var settled = loads.Skip(800).DefaultIfEmpty(1).ToArray();
            var deviation = Math.Sqrt(settled.Select(load => (load - settled.Average()) * (load - settled.Average())).Average());
            Assert.InRange(settled.Average(), 0.9, 1.1);
            if (spell.Activity == Activity.Walk)
                Assert.InRange(deviation, 0.1, 0.5);
            else
                Assert.InRange(deviation, 0, 0.05);
        }
        if (sensor == Sensor.Belt)
            Assert.True(error < turned, $"{error} of {turned}");
    }

    [Fact]
    public void Rising_lifts_the_belt_by_about_a_third_of_a_metre()
    {
        var wearer = new Wearer(1, [
            new Spell(monday, monday.AddSeconds(20), Activity.Sit, true, false),
            new Spell(monday.AddSeconds(20), monday.AddSeconds(60), Activity.Stand, false, false)]);
        var motion = new BodyMotion(wearer, Sensor.Belt, new VirtualClock(monday));
        double velocity = 0, height = 0;
        for (var ms = 20_000; ms < 23_000; ms++)
        {
            var a = motion.At(ms);
            velocity += (Math.Sqrt(a.Ax * a.Ax + a.Ay * a.Ay + a.Az * a.Az) - 1) * 9.81 / 1000;
            height += velocity / 1000;
        }

        Assert.InRange(height, 0.2, 0.45);
    }

    [Fact]
    public void A_cushion_reads_a_sitter_far_above_its_rest_and_lets_them_breathe_while_a_bag_is_still()
    {
        var clock = new VirtualClock(monday);
        var wearer = new Wearer(1, [
            new Spell(monday, monday.AddSeconds(60), Activity.Stand, false, false),
            new Spell(monday.AddSeconds(60), monday.AddSeconds(120), Activity.Sit, true, false),
            new Spell(monday.AddSeconds(120), monday.AddSeconds(180), Activity.Walk, false, true)]);
        var load = new SeatLoad(wearer, clock, 8);
        var sums = new List<int>();
        for (var s = 0; s < 180; s++)
        {
            clock.RunUntil(s * 1000L, TimeSpan.FromSeconds(10));
            sums.Add(Enumerable.Range(0, 8).Sum(load.Counts));
        }

        Assert.InRange(sums.Take(60).Max(), 100, 2000);
        Assert.True(sums.Skip(62).Take(57).Min() > 3 * sums.Take(60).Max());
        Assert.True(Spread(sums.Skip(62).Take(57)) > 3 * Spread(sums.Skip(122)));

        static double Spread(IEnumerable<int> values) => values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a)).Average();
    }
}

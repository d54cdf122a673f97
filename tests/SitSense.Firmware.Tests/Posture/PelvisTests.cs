using SitSense.Testing;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>Rise times and pelvic tilt of a synthetic body in a random mounting.</summary>
public class PelvisTests
{
    static Pelvis Live(int seed, Action<Body> day)
    {
        var belt = new BeltDetector();
        var body = new Body(seed) { Sample = (ms, s) => belt.Add(ms, s[0], s[1], s[2], s[3], s[4], s[5]) };
        day(body.Walk(20, 3).Stay(20));
        return belt.Pelvis;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Tilt_and_rise_time_are_found_within_their_errors_in_any_mounting(int seed)
    {
        var pelvis = Live(seed, body =>
        {
            for (var i = 0; i < 6; i++)
                body.SitDown().Stay(60).StandUp().Stay(30).Walk(20, 3).Stay(5);
        });
        Assert.InRange(pelvis.Tilt.Sitting.Degrees, 20 - pelvis.Tilt.Sitting.Error, 20 + pelvis.Tilt.Sitting.Error);
        Assert.InRange(pelvis.Tilt.Standing.Degrees, -pelvis.Tilt.Standing.Error, pelvis.Tilt.Standing.Error);
        Assert.InRange(pelvis.Rises.Count, 5, 6);
        Assert.InRange(pelvis.Rises.Seconds, 2.4 - pelvis.Rises.Error, 2.4 + pelvis.Rises.Error);
    }

    [Fact]
    public void A_slower_body_shows_longer_rises()
    {
        float Seconds(double takes) => Live(5, body =>
        {
            for (var i = 0; i < 5; i++)
                body.SitDown().Stay(40).Change(takes, 35, 0, 0.35).Stay(30);
        }).Rises.Seconds;
        Assert.InRange(Seconds(3.4) - Seconds(2.2), 0.7, 1.7);
    }

    [Fact]
    public void A_bow_while_standing_tells_where_ahead_is()
    {
        var pelvis = Live(7, body => body.Stay(10));
        pelvis.Stance.Begin(true, 100_000);
        Assert.Contains("not known yet", pelvis.Stance.Reason);
        pelvis = Live(7, body => body.Stay(10).Dip(2.5, 50, 0.05).Stay(5));
        pelvis.Stance.Begin(true, 100_000);
        Assert.Equal(StanceState.Quiet, pelvis.Stance.State);
    }

    [Fact]
    public void Without_a_rise_nothing_is_said()
    {
        var pelvis = Live(6, body => body.Walk(60, 3).Stay(60));
        Assert.Equal((0, 0, 0), (pelvis.Rises.Count, pelvis.Tilt.Sitting.Count, pelvis.Tilt.Standing.Count));
        var figures = new Figures(0);
        pelvis.Measure(figures);
        Assert.Equal(0, figures.Count);
    }

    [Fact]
    public void The_error_of_the_rise_time_shrinks_with_rises_and_grows_with_how_they_differ()
    {
        static RiseTimes Of(params long[] ms)
        {
            var rises = new RiseTimes();
            foreach (var one in ms)
                rises.Add(one);
            return rises;
        }

        Assert.Equal((2f, 1), (Of(2000).Seconds, Of(2000).Count));
        Assert.Equal(2.5f, Of(2000, 9000, 2500).Seconds);
        Assert.Equal(2f, Of([.. Enumerable.Repeat(5000L, 20), .. Enumerable.Repeat(2000L, 15)]).Seconds);
        Assert.True(Of(2000).Error > Of(2000, 2000, 2000, 2000).Error);
        Assert.True(Of(1000, 4000, 2000, 6000).Error > Of(2000, 2000, 2000, 2000).Error);
        Assert.True(Of([.. Enumerable.Repeat(2000L, 100)]).Error >= 0.2f);
    }
}

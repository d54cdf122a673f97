namespace SitSense.Sitting.Tests;

/// <summary>The check vectors of docs/metrics.md.</summary>
public class FragmentationTests
{
    static readonly double[] TenBouts = [5, 10, 12, 25, 30, 31, 45, 60, 62, 90];

    // The inactive and the active bouts, in minutes, of the recording in GGIR's tests/testthat/test_fragmentation.R.
    static readonly double[] Inactive = Ascending(1, 1, 1, 3, 5, 1, 1, 1, 1, 1, 1, 1, 1, 3, 8, 3, 3, 2, 9, 6, 11, 2, 12, 11, 12, 5, 1, 2, 2, 2,
        98, 6, 4, 15, 21, 1, 1, 1, 55, 6, 22, 100, 23, 5, 133, 119, 1, 1, 3);
    static readonly double[] Active = Ascending(1, 7, 3, 3, 8, 3, 12, 1, 1, 11, 3, 16, 9, 1, 1, 8, 2, 15, 1, 2, 4, 7, 1, 1, 7, 1, 1, 3, 6, 1, 2,
        2, 2, 1, 1, 6, 1, 1, 13, 5, 3, 2, 1, 1, 1, 1, 2, 9, 3);

    [Fact]
    public void Ten_bouts_have_the_totals_of_the_check_vector()
    {
        Near(370, Fragmentation.Total(TenBouts));
        Near(30.5, Fragmentation.Median(TenBouts));
        Near(60, Fragmentation.UsualBout(TenBouts));
        Near(0.429429, Fragmentation.Gini(TenBouts));
        Near(0.386486, Fragmentation.Gini(TenBouts) * 9 / 10);
        Near(1 / 37.0, Fragmentation.TransitionProbability(TenBouts));
    }

    [Theory]
    [InlineData(1, 1.303224)]
    [InlineData(5, 1.592257)]
    [InlineData(4.5, 1.557471)]
    public void Ten_bouts_have_the_alpha_of_the_check_vector(double xmin, double alpha) => Near(alpha, Fragmentation.Alpha(TenBouts, xmin)!.Value);

    [Fact]
    public void Half_of_ten_bouts_lie_above_x05_and_W05_of_their_time()
    {
        var x05 = Fragmentation.HalfOfBouts(Fragmentation.Alpha(TenBouts, 5)!.Value, 5);
        Assert.Equal(16.1156, x05, 5e-5);
        Near(0.927027, Fragmentation.ShareLongerThan(TenBouts, x05));
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, 2, 0.5, 0.333333, 0.611111, 1.774953)]
    [InlineData(new double[] { 3, 4, 9 }, 5.333333, 0.1875, 0.375, 0.611111, 2.551784)]
    public void Three_bouts_have_the_figures_that_skdh_gives(double[] bouts, double mean, double satp, double gini, double hazard, double alpha)
    {
        Near(mean, Fragmentation.Total(bouts) / bouts.Length);
        Near(satp, Fragmentation.TransitionProbability(bouts));
        Near(gini, Fragmentation.Gini(bouts));
        Near(hazard, Fragmentation.Hazard(bouts));
        Near(alpha, Fragmentation.Alpha(bouts, bouts[0] - 0.5)!.Value);
    }

    [Fact]
    public void The_hazard_of_distinct_lengths_tells_their_number_alone()
    {
        Near(Enumerable.Range(1, 10).Sum(i => 1.0 / i) / 10, Fragmentation.Hazard(TenBouts));
        Near(Fragmentation.Hazard(TenBouts), Fragmentation.Hazard([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]));
    }

    [Fact]
    public void A_recording_has_the_figures_that_GGIR_gives()
    {
        Assert.Equal(15.10417, (Fragmentation.Total(Inactive) - 3) / 48, 5e-6); // GGIR leaves the last bout, 3 min, out of the mean
        Near(0.768544, Fragmentation.Gini(Inactive));
        Near(1.035708, Fragmentation.LogVariation(Inactive)!.Value);
        Near(0.9629121, Fragmentation.ShareLongerThan(Inactive, Fragmentation.HalfOfBouts(Fragmentation.Alpha(Inactive, 1)!.Value, 1)));
        Near(2.055102, Fragmentation.Alpha(Active, 1)!.Value);
        Near(1.928897, Fragmentation.HalfOfBouts(Fragmentation.Alpha(Active, 1)!.Value, 1));
        Near(0.9859804, Fragmentation.LogVariation(Active)!.Value);
        Assert.Equal(0.506352, Fragmentation.Gini(Active), 1e-5); // their test tolerates 1e-4 and names 0.506352
    }

    [Fact]
    public void Bouts_of_equal_length_have_no_alpha_and_no_spread()
    {
        double[] equal = [7, 7, 7];
        Assert.Null(Fragmentation.Alpha(equal, 7));
        Near(0, Fragmentation.Gini(equal));
        Near(0, Fragmentation.LogVariation(equal)!.Value);
        Near(1, Fragmentation.Hazard(equal));
    }

    [Fact]
    public void Logarithms_whose_mean_is_nought_have_no_variation() => Assert.Null(Fragmentation.LogVariation([1, 1]));

    [Fact]
    public void The_usual_bout_is_the_first_to_reach_exactly_half() => Near(20, Fragmentation.UsualBout([10, 20, 30]));

    static double[] Ascending(params double[] lengths) => [.. lengths.Order()];

    static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-6);
}

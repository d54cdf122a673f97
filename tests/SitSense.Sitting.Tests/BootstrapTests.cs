using System.Globalization;

namespace SitSense.Sitting.Tests;

public class BootstrapTests
{
    [Fact]
    public void The_same_days_have_the_interval_that_another_program_of_the_same_draws_gives_them()
    {
        var (low, high) = Bootstrap.OfMean([4, 6, 9, 10, 7, 5, 9]);
        Assert.Equal(5.571428571428571, low, 1e-12);
        Assert.Equal(8.714285714285714, high, 1e-12);
    }

    [Fact]
    public void Equal_days_have_an_interval_of_no_width() => Assert.Equal((7, 7), Bootstrap.OfMean([7, 7, 7, 7]));

    [Fact]
    public void An_interval_holds_the_mean_and_lies_within_the_days()
    {
        double[] days = [3, 1, 4, 1, 5, 9, 2, 6];
        var (low, high) = Bootstrap.OfMean(days);
        Assert.True(days.Min() <= low && low < days.Average() && days.Average() < high && high <= days.Max());
    }

    [Fact]
    public void A_change_is_that_of_the_means()
    {
        var (low, high) = Bootstrap.OfChange([4, 5, 6, 5], [9, 10, 11, 10]);
        Assert.True(low >= 4 && low < 5 && high > 5 && high <= 6);
    }

    [Fact]
    public void Many_days_have_the_interval_of_the_normal_distribution()
    {
        var random = new Random(1);
        var days = Enumerable.Range(0, 400).Select(_ => Normal(random)).ToArray();
        var (low, high) = Bootstrap.OfMean(days);
        var sd = Math.Sqrt(days.Sum(day => Math.Pow(day - days.Average(), 2)) / 400);
        Assert.Equal(2 * 1.96 * sd / 20, high - low, 0.015);
    }

    /// <summary>How often an interval holds the truth, and how often no change at all looks like one: the table of docs/metrics.md.</summary>
    [Theory]
    [InlineData(4, 0.82, 0.15)]
    [InlineData(7, 0.88, 0.09)]
    [InlineData(14, 0.92, 0.07)]
    public void Few_days_have_too_narrow_an_interval_by_so_much(int days, double covered, double falseAlarms)
    {
        const int Times = 500;
        var random = new Random(days);
        int holds = 0, alarms = 0;
        for (var i = 0; i < Times; i++)
        {
            var (some, others) = (Sample(), Sample());
            holds += Bootstrap.OfMean(some) is var mean && mean.Low <= 0 && mean.High >= 0 ? 1 : 0;
            alarms += Bootstrap.OfChange(others, some) is var change && (change.Low > 0 || change.High < 0) ? 1 : 0;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{days} days: {(double)holds / Times} covered, {(double)alarms / Times} false alarms"));
        Assert.Equal(covered, (double)holds / Times, 0.025);
        Assert.Equal(falseAlarms, (double)alarms / Times, 0.025);

        double[] Sample() => [.. Enumerable.Range(0, days).Select(_ => Normal(random))];
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

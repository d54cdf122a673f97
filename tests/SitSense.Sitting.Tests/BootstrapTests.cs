using System.Globalization;

namespace SitSense.Sitting.Tests;

public class BootstrapTests
{
    [Fact]
    public void The_same_days_have_the_interval_that_another_program_of_the_same_draws_gives_them()
    {
        var (low, high) = Bootstrap.OfMean([4, 6, 9, 10, 7, 5, 9]);
        Assert.Equal(5.0238, low, 5e-3); // with a table's Student's t
        Assert.Equal(9.2619, high, 5e-3);
    }

    [Fact]
    public void Equal_days_have_an_interval_of_no_width() => Assert.Equal((7, 7), Bootstrap.OfMean([7, 7, 7, 7]));

    [Fact]
    public void An_interval_holds_the_mean()
    {
        double[] days = [3, 1, 4, 1, 5, 9, 2, 6];
        var (low, high) = Bootstrap.OfMean(days);
        Assert.True(low < days.Average() && days.Average() < high);
    }

    [Fact]
    public void Fewer_than_four_days_have_none() => Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.OfMean([1, 2, 3]));

    [Fact]
    public void A_change_is_that_of_the_means()
    {
        var (low, high) = Bootstrap.OfChange([4, 5, 6, 5], [9, 10, 11, 10]);
        Assert.True(low > 3 && low < 5 && high > 5 && high < 7);
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
    [InlineData(4, 0.94, 0.03)]
    [InlineData(7, 0.95, 0.03)]
    [InlineData(14, 0.95, 0.04)]
    public void An_interval_of_few_days_holds_the_truth_so_often(int days, double covered, double falseAlarms)
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
        Assert.Equal(covered, (double)holds / Times, 0.02);
        Assert.Equal(falseAlarms, (double)alarms / Times, 0.02);

        double[] Sample() => [.. Enumerable.Range(0, days).Select(_ => Normal(random))];
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

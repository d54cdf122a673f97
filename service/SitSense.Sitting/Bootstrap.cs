namespace SitSense.Sitting;

/// <summary>
/// Bootstrap intervals of means over days: days are drawn anew with replacement, and the middle 95 % of the means so found is the interval (percentile
/// bootstrap, Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13).
/// </summary>
/// <remarks>
/// Of few days such an interval is too narrow (Hesterberg 2015, 10.1080/00031305.2015.1089789), so each drawn mean's distance from the true one of its n days is
/// stretched by sqrt(n / (n - 1)) * t / z, with t and z the 97.5 % points of Student's t of n - 1 degrees and of the normal distribution; docs/metrics.md says how often it
/// holds the truth then. The draws always begin at the same seed (SplitMix64 from <see cref="Seed"/>), so that an interval is a pure function of its days.
/// </remarks>
public static class Bootstrap
{
    /// <summary>Fewer days than this have no interval.</summary>
    public const int LeastDays = 4;

    /// <summary>How often the days are drawn anew.</summary>
    public const int Draws = 2000;

    /// <summary>Where the generator begins.</summary>
    public const ulong Seed = 20171;

    const double Tail = 0.025;
    const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of the mean.</summary>
    /// <param name="days">A figure's values, one a day, at least <see cref="LeastDays"/>; in an order that is always the same.</param>
    public static (double Low, double High) OfMean(ReadOnlySpan<double> days)
    {
        var state = Seed;
        var means = new double[Draws];
        AddDrawnMeans(means, days, 1, ref state);
        return Middle(means);
    }

    /// <summary>The 95 % interval of the mean's growth from some days to others, both drawn anew each time.</summary>
    /// <param name="before">The earlier days, at least <see cref="LeastDays"/>.</param>
    /// <param name="after">The later days, at least as many.</param>
    public static (double Low, double High) OfChange(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var state = Seed;
        var changes = new double[Draws];
        AddDrawnMeans(changes, after, 1, ref state);
        AddDrawnMeans(changes, before, -1, ref state);
        return Middle(changes);
    }

    static void AddDrawnMeans(double[] sums, ReadOnlySpan<double> days, int sign, ref ulong state)
    {
        var mean = Fragmentation.Total(days) / days.Length;
        var stretch = Stretch(days.Length);
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < days.Length; i++)
                sum += days[(int)Math.BigMul(Next(ref state), (ulong)days.Length, out _)];
            sums[draw] += sign * (mean + stretch * (sum / days.Length - mean));
        }
    }

    /// <summary>By how much too near to the mean the percentiles of n days are; Student's t by its expansion in 1 / (n - 1) (Abramowitz and Stegun 26.7.5).</summary>
    static double Stretch(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, LeastDays);
        double free = days - 1, z2 = Z * Z;
        var t = Z * (1 + (z2 + 1) / (4 * free) + ((5 * z2 + 16) * z2 + 3) / (96 * free * free) + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * free * free * free));
        return Math.Sqrt(days / free) * t / Z;
    }

    static (double Low, double High) Middle(double[] values)
    {
        Array.Sort(values);
        return (Quantile(values, Tail), Quantile(values, 1 - Tail));
    }

    /// <summary>Linear between the two nearest values, as R's default (type 7).</summary>
    static double Quantile(double[] ascending, double share)
    {
        var place = share * (ascending.Length - 1);
        var below = (int)place;
        return ascending[below] + (place - below) * (ascending[Math.Min(below + 1, ascending.Length - 1)] - ascending[below]);
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014, 10.1145/2660193.2660195).</summary>
    static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

namespace SitSense.Sitting;

/// <summary>
/// Percentile bootstrap intervals of means over days (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13): days are drawn anew with
/// replacement, and the middle 95 % of the means so found is the interval.
/// </summary>
/// <remarks>
/// The draws always begin at the same seed (SplitMix64 from <see cref="Seed"/>), so that an interval is a pure function of its days. With few days it is too
/// narrow: docs/metrics.md says how often it holds the truth.
/// </remarks>
public static class Bootstrap
{
    /// <summary>How often the days are drawn anew.</summary>
    public const int Draws = 2000;

    /// <summary>Where the generator begins.</summary>
    public const ulong Seed = 20171;

    const double Tail = 0.025;

    /// <summary>The 95 % interval of the mean.</summary>
    /// <param name="days">A figure's values, one a day; in an order that is always the same.</param>
    public static (double Low, double High) OfMean(ReadOnlySpan<double> days)
    {
        var state = Seed;
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
            means[draw] = DrawnMean(days, ref state);
        return Middle(means);
    }

    /// <summary>The 95 % interval of the mean's growth from some days to others, both drawn anew each time.</summary>
    /// <param name="before">The earlier days.</param>
    /// <param name="after">The later days.</param>
    public static (double Low, double High) OfChange(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var state = Seed;
        var changes = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
            changes[draw] = DrawnMean(after, ref state) - DrawnMean(before, ref state);
        return Middle(changes);
    }

    static double DrawnMean(ReadOnlySpan<double> days, ref ulong state)
    {
        var sum = 0.0;
        for (var i = 0; i < days.Length; i++)
            sum += days[(int)Math.BigMul(Next(ref state), (ulong)days.Length, out _)];
        return sum / days.Length;
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

namespace SitSense.Sitting;

/// <summary>
/// How sitting is broken up: formulas over the lengths of a slice's bouts, given ascending and in any one unit. All but <see cref="Gini"/> and
/// <see cref="LogVariation"/> need one bout at least, these two need two.
/// </summary>
public static class Fragmentation
{
    /// <summary>The sum.</summary>
    public static double Total(ReadOnlySpan<double> ascending)
    {
        var total = 0.0;
        foreach (var length in ascending)
            total += length;
        return total;
    }

    /// <summary>The middle length, or the mean of the two in the middle.</summary>
    public static double Median(ReadOnlySpan<double> ascending) =>
        (ascending[(ascending.Length - 1) / 2] + ascending[ascending.Length / 2]) / 2;

    /// <summary>
    /// Usual bout duration W50: the smallest bout length x such that bouts of length up to x hold half of all sitting time or more.
    /// Empirical, not the fit of Bellettiere 2017 (10.1371/journal.pone.0180119).
    /// </summary>
    public static double UsualBout(ReadOnlySpan<double> ascending)
    {
        var half = Total(ascending) / 2;
        var sum = 0.0;
        foreach (var length in ascending)
            if ((sum += length) >= half)
                return length;
        return ascending[^1];
    }

    /// <summary>
    /// The exponent of the power law of bout lengths, 1 + n / sum ln(x_i / xmin) (Chastin and Granat 2010, 10.1016/j.gaitpost.2009.09.002).
    /// Null when all bouts are as long as <paramref name="xmin"/>.
    /// </summary>
    /// <param name="ascending">The bouts.</param>
    /// <param name="xmin">The shortest length to which the law applies, in the bouts' unit; no bout is shorter.</param>
    public static double? Alpha(ReadOnlySpan<double> ascending, double xmin)
    {
        var sum = 0.0;
        foreach (var length in ascending)
            sum += Math.Log(length / xmin);
        return sum > 0 ? 1 + ascending.Length / sum : null;
    }

    /// <summary>x0.5, the length above which half of the bouts lie by the power law: xmin * 2^(1 / (alpha - 1)) (Chastin and Granat 2010).</summary>
    public static double HalfOfBouts(double alpha, double xmin) => xmin * Math.Pow(2, 1 / (alpha - 1));

    /// <summary>The share of sitting time in bouts longer than a length; with x0.5 it is W0.5 (Chastin and Granat 2010).</summary>
    public static double ShareLongerThan(ReadOnlySpan<double> ascending, double length)
    {
        var first = 0;
        while (first < ascending.Length && ascending[first] <= length)
            first++;
        return Total(ascending[first..]) / Total(ascending);
    }

    /// <summary>
    /// The Gini index of bout lengths, (n + 1 - 2 sum(cum_i) / cum_n) / n, corrected for small samples by n / (n - 1), as GGIR, ActFrag and skdh do.
    /// </summary>
    public static double Gini(ReadOnlySpan<double> ascending)
    {
        double cumulated = 0, sum = 0;
        foreach (var length in ascending)
            sum += cumulated += length;
        var n = (double)ascending.Length;
        return (n + 1 - 2 * sum / cumulated) / n * n / (n - 1);
    }

    /// <summary>Sedentary-to-active transition probability: 1 / mean length, per unit of length (ActFrag, skdh).</summary>
    public static double TransitionProbability(ReadOnlySpan<double> ascending) => ascending.Length / Total(ascending);

    /// <summary>
    /// The average hazard of a bout's end: the mean over the distinct lengths t of count(x = t) / count(x >= t) (ActFrag, skdh).
    /// </summary>
    /// <remarks>
    /// It is meant for lengths in whole minutes. Of exact lengths nearly all are distinct, and of n distinct ones it is (1 + 1/2 + ... + 1/n) / n, whatever
    /// they are: a function of their number alone. So do not read it where lengths are exact; read <see cref="TransitionProbability"/> instead.
    /// </remarks>
    public static double Hazard(ReadOnlySpan<double> ascending)
    {
        double sum = 0, distinct = 0;
        for (int from = 0, to; from < ascending.Length; from = to)
        {
            for (to = from + 1; to < ascending.Length && ascending[to] == ascending[from];)
                to++;
            sum += (to - from) / (double)(ascending.Length - from);
            distinct++;
        }
        return sum / distinct;
    }

    /// <summary>
    /// The coefficient of variation of the log lengths, sd(ln x) / mean(ln x), with the sample's standard deviation (GGIR). It depends on the
    /// unit; null when the mean is 0.
    /// </summary>
    public static double? LogVariation(ReadOnlySpan<double> ascending)
    {
        var mean = 0.0;
        foreach (var length in ascending)
            mean += Math.Log(length);
        mean /= ascending.Length;
        var squares = 0.0;
        foreach (var length in ascending)
        {
            var off = Math.Log(length) - mean;
            squares += off * off;
        }
        return mean == 0 ? null : Math.Sqrt(squares / (ascending.Length - 1)) / mean;
    }
}

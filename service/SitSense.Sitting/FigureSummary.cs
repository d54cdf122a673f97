namespace SitSense.Sitting;

/// <summary>One figure over a period's complete days, each day counting the same.</summary>
/// <param name="Figure">Its name in a day's JSON, or <c>sittingShare</c>: sitting as a share of known time, which does not depend on how long the device was worn.</param>
/// <param name="Days">How many complete days have it.</param>
/// <param name="Mean">Their mean; null where they are too few, or their period is not <see cref="PeriodSummary.Enough"/>.</param>
/// <param name="Low">The lower end of its 95 % interval, see <see cref="Bootstrap"/>; null also below <see cref="Bootstrap.LeastDays"/>.</param>
/// <param name="High">The upper end.</param>
/// <param name="Change">The mean less that of the equally long period just before; null where either is null.</param>
/// <param name="ChangeLow">The lower end of the change's 95 % interval.</param>
/// <param name="ChangeHigh">The upper end.</param>
/// <param name="WithinNoise">The change may be chance: its interval holds 0. Null where there is no <paramref name="Change"/> to say it of.</param>
public sealed record FigureSummary(string Figure, int Days, double? Mean, double? Low, double? High, double? Change, double? ChangeLow, double? ChangeHigh, bool? WithinNoise)
{
    /// <summary>Sums up.</summary>
    /// <param name="figure">The name.</param>
    /// <param name="days">Its values in the period, by date; too few are as good as none.</param>
    /// <param name="before">Its values in the period before.</param>
    /// <param name="least">How many are enough, of each.</param>
    internal static FigureSummary Of(string figure, double[] days, double[] before, int least)
    {
        if (days.Length < least)
            return new(figure, days.Length, null, null, null, null, null, null, null);
        var mean = new FigureSummary(figure, days.Length, Round(days.Average()), null, null, null, null, null, null);
        if (days.Length < Bootstrap.LeastDays)
            return mean;
        var (low, high) = Bootstrap.OfMean(days);
        mean = mean with { Low = Round(low), High = Round(high) };
        if (before.Length < Math.Max(least, Bootstrap.LeastDays))
            return mean;
        (low, high) = Bootstrap.OfChange(before, days);
        return mean with { Change = Round(days.Average() - before.Average()), ChangeLow = Round(low), ChangeHigh = Round(high), WithinNoise = low <= 0 && high >= 0 };
    }

    static double Round(double value) => Math.Round(value, 6);
}

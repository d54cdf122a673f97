namespace SitSense.Testing;

/// <summary>Seconds of sitting and of being up that were told right and wrong; one that nobody decided is wrong.</summary>
public readonly record struct Tally(int SatRight, int SatWrong, int UpRight, int UpWrong, int Undecided)
{
    /// <summary>Share of sitting that was told.</summary>
    public double Sensitivity => SatRight / (double)Math.Max(1, SatRight + SatWrong);

    /// <summary>Share of being up that was told.</summary>
    public double Specificity => UpRight / (double)Math.Max(1, UpRight + UpWrong);

    /// <summary>Harmonic mean of precision and sensitivity.</summary>
    public double F1 => 2.0 * SatRight / Math.Max(1, 2 * SatRight + SatWrong + UpWrong);

    /// <summary>All of them.</summary>
    public int Seconds => SatRight + SatWrong + UpRight + UpWrong;

    public static Tally operator +(Tally a, Tally b) =>
        new(a.SatRight + b.SatRight, a.SatWrong + b.SatWrong, a.UpRight + b.UpRight, a.UpWrong + b.UpWrong, a.Undecided + b.Undecided);

    /// <summary>Holds changes against labels as <c>score_posture.py</c> does: since when (seconds), and sitting, up, or neither. Of two with one time the later holds.</summary>
    public static Tally Of(IEnumerable<(int Second, bool Sat)> labels, IReadOnlyList<(double Since, bool? Sits)> changes)
    {
        var tally = new Tally();
        var ordered = changes.OrderBy(change => change.Since).ToList();
        foreach (var (second, sat) in labels)
        {
            var said = ordered.LastOrDefault(change => change.Since <= second + 0.5).Sits;
            var right = said == sat;
            tally += new Tally(sat && right ? 1 : 0, sat && !right ? 1 : 0, !sat && right ? 1 : 0, !sat && !right ? 1 : 0, said is null ? 1 : 0);
        }
        return tally;
    }
}

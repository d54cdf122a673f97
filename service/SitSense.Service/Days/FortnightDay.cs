using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>One date of a <see cref="Fortnight"/>.</summary>
/// <param name="Figures">Of the slice asked for.</param>
/// <param name="Slice">That slice itself.</param>
/// <param name="Bouts">The whole calendar day's sedentary bouts.</param>
/// <param name="Timeline">The whole calendar day as it was vouched, before cleaning, without holes.</param>
sealed record FortnightDay(DayFigures Figures, Slice Slice, IReadOnlyList<Bout> Bouts, IReadOnlyList<Stretch> Timeline)
{
    /// <summary>A day off has no work hours, so there is nothing to know of them.</summary>
    public bool HasSlice => Figures.DaySeconds > 0;
}

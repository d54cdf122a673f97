using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Options;

/// <summary>What counts as sitting.</summary>
/// <param name="Minimum">An interruption of sitting, or a sitting, shorter than this does not count (activPAL's rule).</param>
/// <param name="CompleteShare">The known share of a slice, 0 to 1, from which it is complete.</param>
/// <param name="ValidDays">How many complete days a week or period needs.</param>
public sealed record SittingOptions(Duration Minimum, double CompleteShare, ValidDays ValidDays);

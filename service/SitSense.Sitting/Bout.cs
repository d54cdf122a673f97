using NodaTime;

namespace SitSense.Sitting;

/// <summary>Unbroken sitting within a slice (SBRN 2017, PMC5466781).</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, excluded.</param>
/// <param name="Cut">An edge of the slice or time that is not known starts or ends it, so it may have been longer.</param>
/// <param name="Device">The device that vouched its start.</param>
public readonly record struct Bout(Instant From, Instant To, bool Cut, string Device)
{
    /// <summary>How long it lasted.</summary>
    public Duration Length => To - From;
}

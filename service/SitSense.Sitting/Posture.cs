namespace SitSense.Sitting;

/// <summary>What a device says of its wearer. What nobody vouched for is <see cref="Unknown"/> too.</summary>
public enum Posture
{
    /// <summary>The device cannot tell, or nobody vouched. Never counted as sitting, nor as a break.</summary>
    Unknown,

    /// <summary>Sitting, reclining or, by setting, lying.</summary>
    Sitting,

    /// <summary>Standing or moving; on a seat: empty. Counts as up.</summary>
    Upright,

    /// <summary>A load that is no person: nobody sits. Counts as up.</summary>
    Object,

    /// <summary>Not worn, or charging. Counts as not known.</summary>
    Off,
}

namespace SitSense.Firmware.Reminding
{
    /// <summary>Hears what happened to a reminder.</summary>
    /// <param name="kind">What.</param>
    /// <param name="ms">When, monotonic ms.</param>
    /// <param name="sittingMs">The unbroken sitting that it is about, ms.</param>
    public delegate void ReminderHandler(ReminderKind kind, long ms, long sittingMs);
}

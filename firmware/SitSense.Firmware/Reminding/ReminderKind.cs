namespace SitSense.Firmware.Reminding
{
    /// <summary>What happened to a reminder.</summary>
    public enum ReminderKind
    {
        /// <summary>Unbroken sitting reached the threshold.</summary>
        Due = 1,

        /// <summary>It was due before and nobody got up.</summary>
        Repeat = 2,

        /// <summary>The wearer put it off.</summary>
        Snoozed = 3,

        /// <summary>The wearer has been upright long enough.</summary>
        Heeded = 4,

        /// <summary>The wearer wants none for now.</summary>
        Paused = 5
    }
}

namespace SitSense.Firmware.Journal
{
    /// <summary>What a record of the journal says.</summary>
    public enum RecordKind
    {
        /// <summary>How things stood when a segment began: the boot, the newest seq, what is forgotten and what was lost.</summary>
        State = 1,

        /// <summary>A change of posture, to be published.</summary>
        Posture = 2,

        /// <summary>What happened to a reminder, to be published.</summary>
        Reminder = 3,

        /// <summary>What the wall time was at a monotonic time of a boot.</summary>
        Anchor = 4,

        /// <summary>Everything up to here was acknowledged and is forgotten.</summary>
        Forgotten = 5
    }
}

namespace SitSense.Firmware.Posture
{
    /// <summary>How far a guided check of standing on one leg has come.</summary>
    public enum StanceState
    {
        /// <summary>None was asked for.</summary>
        None = 0,

        /// <summary>The wearer shall stand quietly on both legs: the reference.</summary>
        Quiet = 1,

        /// <summary>The wearer lifts a foot.</summary>
        Lift = 2,

        /// <summary>The wearer stands on one leg.</summary>
        Hold = 3,

        /// <summary>It is over and has a figure.</summary>
        Done = 4,

        /// <summary>It is over without a figure; <see cref="StanceCheck.Reason"/> says why.</summary>
        Failed = 5
    }
}

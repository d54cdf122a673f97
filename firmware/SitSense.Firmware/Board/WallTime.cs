using System;

namespace SitSense.Firmware.Board
{
    /// <summary>The wall time as a number.</summary>
    public static class WallTime
    {
        /// <summary>What stands for a time that is not known.</summary>
        public const long Unknown = -1;

        /// <summary>Milliseconds since 1970 in UTC, or <see cref="Unknown"/>.</summary>
        public static long Of(Clock clock) =>
            clock.IsSet ? (clock.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond : Unknown;
    }
}

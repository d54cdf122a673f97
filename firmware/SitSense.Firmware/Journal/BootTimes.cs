using System.Collections;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Journal
{
    /// <summary>What the wall time was in each boot: the instant at which its monotonic clock began.</summary>
    public sealed class BootTimes
    {
        readonly Hashtable begins = new Hashtable();

        /// <summary>Learns when a boot began.</summary>
        /// <param name="boot">The boot.</param>
        /// <param name="utcMs">Ms since 1970; <see cref="WallTime.Unknown"/> = it will never be known.</param>
        public void Set(uint boot, long utcMs) => begins[boot] = utcMs;

        /// <summary>Whether anything was learnt about a boot.</summary>
        public bool Has(uint boot) => begins[boot] != null;

        /// <summary>When a boot began, ms since 1970; <see cref="WallTime.Unknown"/> where that is not known.</summary>
        public long BeginOf(uint boot)
        {
            var begin = begins[boot];
            return begin == null ? WallTime.Unknown : (long)begin;
        }

        /// <summary>Whether it is sure that nobody will ever know.</summary>
        public bool IsGivenUp(uint boot) => Has(boot) && BeginOf(boot) == WallTime.Unknown;
    }
}

using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>Decides sitting from the load on a seat, the sum of 1 to 8 pressure pads.</summary>
    public sealed class SeatDetector : PostureDetector
    {
        const int SitSumOfEight = 1200;
        const int RiseSumOfEight = 800;

        readonly int pads;
        long last, lastGood, since;
        bool any;
        PostureKind sight;

        /// <summary>A seat with so many pads.</summary>
        /// <param name="pads">1 to 8.</param>
        /// <exception cref="ArgumentOutOfRangeException">Not 1 to 8 pads.</exception>
        public SeatDetector(int pads)
        {
            if (pads < 1 || pads > 8)
                throw new ArgumentOutOfRangeException(nameof(pads));
            this.pads = pads;
        }

        /// <summary>Takes one sample of all pads.</summary>
        /// <param name="ms">Time of the sample, monotonic ms; a duplicate or an earlier one is passed over.</param>
        /// <param name="counts">ADC counts 0 to 4095, one a pad; what follows the last pad is passed over.</param>
        /// <returns>True when this sample decided a change.</returns>
        public bool Add(long ms, int[] counts)
        {
            Begin(ms);
            if (any && ms <= last)
                return false;
            if (!any)
                since = ms;
            any = true;
            last = lastGood = ms;
            var sum = 0;
            for (var i = 0; i < pads; i++)
                sum += counts[i];
            sum = sum * 8 / pads;
            var now = sum > SitSumOfEight ? PostureKind.Sitting : sum < RiseSumOfEight ? PostureKind.Upright : sight;
            if (now != sight)
            {
                if (sight != PostureKind.Unknown)
                    See(now == PostureKind.Sitting ? Transition.Sit : Transition.Rise, ms);
                sight = now;
                since = ms;
            }
            return Hold(sight, since, ms);
        }

        /// <inheritdoc/>
        public override bool Miss(long ms)
        {
            Begin(ms);
            return ms - lastGood >= FaultMs && Hold(PostureKind.Unknown, lastGood, ms);
        }
    }
}

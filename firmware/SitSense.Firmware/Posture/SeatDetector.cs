using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides sitting from the load on a seat, the sum of 1 to 8 pressure pads over what they show when empty. The empty values are learned
    /// while nobody sits, and follow temperature and wear. A load that does not stir for minutes is an object.
    /// </summary>
    /// <remarks>Loads are in ADC counts (12 bit) of eight pads; fewer pads are scaled up to eight.</remarks>
    public sealed class SeatDetector : PostureDetector
    {
        const float SitLoad = 900f;         // over empty: the 1200 of a sum of eight whose empty pads show 300 together
        const float RiseLoad = 500f;        // over empty: 800 likewise
        const float RiseShare = 0.2f;       // of the usual load while sitting: foam and sensors creep back slowly
        const float LevelSeconds = 60f;     // over which the usual load is learned
        const float LargestRest = 250f;     // counts of one empty pad, as far as is known before it was seen empty
        const float RestSeconds = 120f;     // over which an empty pad is followed upwards
        const float FallSeconds = 2f;       // and downwards: no load pulls
        const float TrendSeconds = 3f;      // slower changes are creep, faster ones are stirring
        const float StirSeconds = 10f;      // over which stirring is averaged: two breaths
        const float LargestStir = 50f;      // counts of one pad: sitting down is over sooner
        const float StirOfNoise = 1.3f;     // times the empty seat's stirring; rather a bag that sits than a sitter who is none
        const float SmallestNoise = 12f;    // counts of eight pads: the ESP32's converter wavers by 2, and an empty pad at 0 hides it
        const int ObjectMs = 180000;        // nobody sits without stirring for so long
        const int Saturated = 4080;         // counts: a pad at its end cannot show stirring
        const int CalibrateMs = 5000;

        const float ShiftsError = 0.1f;     // share: imagined sitters (SeatMeasuresTests); nobody counted people's
        const float StillError = 3f;        // s
        const float BalanceError = 0.1f;    // share: pads of one kind differ by 25 %, four a side

        readonly int pads;
        readonly float[] rest;
        readonly float[] trend;
        readonly float[] sums;              // of a calibration
        readonly float[] over;
        readonly SeatFrame frame;
        readonly SeatShifts shifts;
        readonly SeatBalance balance = new SeatBalance();
        long last, since, stirredAt, trustedSince, calibrateUntil;
        bool any, saturated;
        float stir, noise = SmallestNoise, level;
        int samples;
        CalibrationStep step;
        PostureKind opinion;

        /// <summary>A seat with so many pads.</summary>
        /// <param name="pads">1 to 8.</param>
        /// <exception cref="ArgumentOutOfRangeException">Not 1 to 8 pads.</exception>
        public SeatDetector(int pads)
        {
            if (pads < 1 || pads > 8)
                throw new ArgumentOutOfRangeException(nameof(pads));
            this.pads = pads;
            rest = new float[pads];
            trend = new float[pads];
            sums = new float[pads];
            over = new float[pads];
            frame = new SeatFrame(pads);
            shifts = new SeatShifts(pads);
        }

        /// <summary>The present load over empty, counts of eight pads.</summary>
        public float Load { get; private set; }

        /// <summary>
        /// Weight shifts since the start: at least a tenth of the load moved to other pads within seconds, and stayed there. Not validated on people.
        /// </summary>
        public int Shifts => shifts.Count;

        /// <summary>Longest time without a shift in the present or, while nobody sits, the last sitting, ms; right to about 3 s.</summary>
        public long LongestStill => shifts.LongestStill;

        /// <summary>
        /// Load on the right minus load on the left as a share of both, -1 (all left) to 1 (all right), over half a minute; NaN while nobody sits, and with a single pad.
        /// Pads 1, 3, 5, 7 are left, 2, 4, 6, 8 right, the last of an odd number in the middle. A trend: pads of one kind differ by up to 25 %.
        /// </summary>
        public float Balance => balance.Value;

        /// <inheritdoc/>
        public override void Measure(Figures figures)
        {
            figures.Add("shifts", Shifts, Shifts * ShiftsError);
            figures.Add("longestStillSeconds", LongestStill * 0.001f, StillError);
            if (!float.IsNaN(Balance))
                figures.Add("balance", Balance, BalanceError);
        }

        /// <summary>Takes one sample of all pads.</summary>
        /// <param name="ms">Time of the sample, monotonic ms; a duplicate or an earlier one is passed over.</param>
        /// <param name="counts">ADC counts 0 to 4095, one a pad; what follows the last pad is passed over.</param>
        /// <returns>True when this sample decided a change.</returns>
        public bool Add(long ms, int[] counts)
        {
            for (var i = 0; i < pads; i++)
                if (counts[i] < 0 || counts[i] > 4095)
                    return Miss(ms);
            Begin(ms);
            if (any && ms <= last)
                return false;
            var dt = any ? (ms - last) * 0.001f : 0;
            if (dt * 1000 >= FaultMs)
                trustedSince = stirredAt = ms;
            if (dt > 1)
                dt = 1;
            last = ms;
            Weigh(counts, dt);
            if (!any)
            {
                any = true;
                since = stirredAt = ms;
            }
            Stir(ms, counts, dt);
            Look(ms, dt);
            if (frame.Add(ms, counts))
                Measure();
            if (Calibration == CalibrationState.Running)
                GoOnCalibrating(ms, counts);
            return Hold(opinion, since < trustedSince ? trustedSince : since, ms);
        }

        /// <inheritdoc/>
        public override bool Miss(long ms)
        {
            SeeNothing();
            return any && ms - last >= FaultMs && Hold(PostureKind.Unknown, last, ms);
        }

        void Measure()
        {
            if (opinion != PostureKind.Sitting)
            {
                balance.Clear();
                return;
            }
            for (var i = 0; i < pads; i++)
                over[i] = frame.Mean[i] > rest[i] ? frame.Mean[i] - rest[i] : 0;
            shifts.Add(frame.At, over, frame.Length * 0.001f);
            balance.Add(over, frame.Length * 0.001f);
        }

        void Weigh(int[] counts, float dt)
        {
            var sum = 0f;
            saturated = false;
            for (var i = 0; i < pads; i++)
            {
                float count = counts[i];
                if (!any && rest[i] == 0)
                    rest[i] = count < LargestRest ? count : LargestRest;
                var over = count - rest[i];
                if (over < 0)
                    rest[i] += over * dt / (FallSeconds + dt);
                else if (opinion == PostureKind.Upright)
                    rest[i] += over * dt / (RestSeconds + dt);
                sum += over > 0 ? over : 0;
                saturated |= counts[i] >= Saturated;
            }
            Load = sum * 8 / pads;
        }

        // Breathing moves load from pad to pad, so the pads' movements are added up, not the load's.
        void Stir(long ms, int[] counts, float dt)
        {
            var sum = 0f;
            for (var i = 0; i < pads; i++)
            {
                var off = counts[i] - trend[i];
                trend[i] += dt > 0 ? off * dt / (TrendSeconds + dt) : off;
                off = off < 0 ? -off : off;
                sum += off > LargestStir ? LargestStir : off;
            }
            sum = sum * 8 / pads;
            stir += (sum - stir) * dt / (StirSeconds + dt);
            if (opinion == PostureKind.Upright && Load < RiseLoad)
            {
                noise += (sum - noise) * dt / (LevelSeconds + dt);
                if (noise < SmallestNoise)
                    noise = SmallestNoise;
            }
            if (saturated || stir > StirOfNoise * noise)
                stirredAt = ms;
        }

        void Look(long ms, float dt)
        {
            var line = level * RiseShare;
            line = line < RiseLoad ? RiseLoad : line;
            var loaded = Load > SitLoad || Load >= line && (opinion == PostureKind.Sitting || opinion == PostureKind.Object);
            if (loaded && opinion == PostureKind.Upright)
            {
                stirredAt = ms;
                level = Load;
            }
            var now = !loaded ? PostureKind.Upright : ms - stirredAt >= ObjectMs ? PostureKind.Object : PostureKind.Sitting;
            if (now == PostureKind.Sitting)
                level += (Load - level) * dt / (LevelSeconds + dt);
            if (now == opinion)
                return;
            if (opinion != PostureKind.Unknown && (now == PostureKind.Upright || opinion == PostureKind.Upright))
                See(loaded ? Transition.Sit : Transition.Rise, ms);
            if (now == PostureKind.Sitting && opinion != PostureKind.Object)
                shifts.Begin(ms);
            // An object was there since it was put down.
            if (now != PostureKind.Object)
                since = ms;
            opinion = now;
        }

        /// <inheritdoc/>
        /// <remarks>Empty or occupied: the mean of the next five seconds.</remarks>
        public override bool Calibrate(CalibrationStep step, long ms)
        {
            if (step == CalibrationStep.Standing)
                return false;
            this.step = step;
            samples = 0;
            for (var i = 0; i < pads; i++)
                sums[i] = 0;
            calibrateUntil = ms + CalibrateMs;
            Calibration = CalibrationState.Running;
            return true;
        }

        void GoOnCalibrating(long ms, int[] counts)
        {
            samples++;
            for (var i = 0; i < pads; i++)
                sums[i] += counts[i];
            if (ms < calibrateUntil)
                return;
            var over = 0f;
            for (var i = 0; i < pads; i++)
                over += sums[i] / samples - rest[i];
            over *= 8f / pads;
            var right = step == CalibrationStep.Empty ? stir < LargestStir && !saturated : over > SitLoad;
            Calibration = right ? CalibrationState.Done : CalibrationState.Failed;
            if (!right)
                return;
            if (step == CalibrationStep.Occupied)
                level = over;
            else
                for (var i = 0; i < pads; i++)
                    rest[i] = sums[i] / samples;
        }

        /// <inheritdoc/>
        public override int SavedValues => pads;

        /// <inheritdoc/>
        public override bool Save(float[] values)
        {
            for (var i = 0; i < pads; i++)
                values[i] = rest[i];
            return any;
        }

        /// <inheritdoc/>
        public override bool Restore(float[] values)
        {
            for (var i = 0; i < pads; i++)
                if (!(values[i] >= 0 && values[i] <= 4095))
                    return false;
            for (var i = 0; i < pads; i++)
                rest[i] = values[i];
            return true;
        }
    }
}

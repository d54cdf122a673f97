using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides sitting from the load on a seat, the sum of 1 to 8 pressure pads over what they show when empty. What they show is learned while
    /// nobody sits. A load that does not stir for minutes is an object. Counts the sitter's shifts, and weighs left against right.
    /// </summary>
    /// <remarks>Loads are in ADC counts (12 bit) over empty of eight pads; fewer pads are scaled up to eight.</remarks>
    public sealed class SeatDetector : PostureDetector
    {
        const int MostGapMs = 2000;         // between two frames; what was before a longer silence says nothing about after it
        const float SitterSeconds = 600f;   // over which the usual load of this seat's sitters is learned

        const float ShiftsError = 0.1f;     // share: imagined chairs (SimulatedChairTests); nobody counted people's
        const float StillError = 3f;        // s
        const float BalanceError = 0.1f;    // share: pads of one kind differ by 25 %, four a side

        readonly int pads;
        readonly float[] over;
        readonly SeatRest[] rests;
        readonly SeatFrame frame;
        readonly SeatTrace trace = new SeatTrace();
        readonly SeatStir stir;
        readonly SeatOccupancy occupancy;
        readonly SeatThing thing;
        readonly SeatShifts shifts;
        readonly SeatBalance balance = new SeatBalance();
        readonly SeatCalibration calibration;
        long last, since, trustedSince;
        bool any, learned, creeps;
        float sitter;
        PostureKind opinion;

        /// <summary>A seat with so many pads.</summary>
        /// <param name="pads">1 to 8.</param>
        /// <exception cref="ArgumentOutOfRangeException">Not 1 to 8 pads.</exception>
        public SeatDetector(int pads)
        {
            if (pads < 1 || pads > 8)
                throw new ArgumentOutOfRangeException(nameof(pads));
            this.pads = pads;
            over = new float[pads];
            rests = new SeatRest[pads];
            for (var i = 0; i < pads; i++)
                rests[i] = new SeatRest();
            frame = new SeatFrame(pads);
            stir = new SeatStir(pads);
            occupancy = new SeatOccupancy(trace);
            thing = new SeatThing(trace, stir);
            shifts = new SeatShifts(pads);
            calibration = new SeatCalibration(pads);
        }

        /// <summary>The load of the last half second over empty, counts of eight pads.</summary>
        public float Load { get; private set; }

        /// <summary>
        /// Weight shifts since the start: at least a tenth of the load moved to other pads within seconds, and stayed there. Not validated on people.
        /// </summary>
        public int Shifts => shifts.Count;

        /// <summary>Longest time without a shift in the present or, while nobody sits, the last sitting, ms; right to about 3 s.</summary>
        public long LongestStill => shifts.LongestStill;

        /// <summary>
        /// Load on the right minus load on the left as a share of both, -1 (all left) to 1 (all right), over half a minute; NaN while nobody sits, and with a single pad.
        /// Pads 1, 3, 5, 7 are left, 2, 4, 6, 8 right, the last of an odd number in the middle. A trend, not a share of weight: such pads are good to 5 to 25 %.
        /// </summary>
        public float Balance => balance.Value;

        /// <inheritdoc/>
        public override void Measure(Figures figures)
        {
            figures.Add("shifts", Shifts, 1 + Shifts * ShiftsError);
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
            if (!any)
                Start(ms, counts);
            if (ms - last >= FaultMs)
                trustedSince = ms;
            last = ms;
            if (frame.Add(ms, counts))
                Look(ms);
            var doubted = occupancy.IsDoubted && (opinion == PostureKind.Upright) != (Current == PostureKind.Upright);
            return Hold(doubted ? Current : opinion, since < trustedSince ? trustedSince : since, ms);
        }

        /// <inheritdoc/>
        public override bool Miss(long ms)
        {
            SeeNothing();
            return any && ms - last >= FaultMs && Hold(PostureKind.Unknown, last, ms);
        }

        void Start(long ms, int[] counts)
        {
            any = true;
            last = trustedSince = ms;
            if (learned)
                return;
            for (var i = 0; i < pads; i++)
                rests[i].Guess(counts[i]);
        }

        void Look(long ms)
        {
            var seconds = frame.Length < GapMs ? frame.Length * 0.001f : 1f;
            Weigh(seconds);
            trace.Add(frame.At, Load);
            stir.Add(frame.Mean, over, Load * pads / 8);
            if (occupancy.Add(ms, Load, sitter, stir.Now, seconds))
                Change();
            else if (occupancy.IsOccupied && thing.Add(ms, Load, sitter, seconds))
                Turn();
            if (opinion == PostureKind.Sitting && !occupancy.IsDoubted)
                Measure(seconds);
            learned |= Current == PostureKind.Upright;
            if (Calibration == CalibrationState.Running && calibration.Add(ms, frame.Mean, stir.Now))
                Calibrate();
            if (frame.Length > MostGapMs)
                trace.Clear();
        }

        void Weigh(float seconds)
        {
            var empty = opinion == PostureKind.Upright && !occupancy.IsDoubted;
            var before = Load;
            var sum = 0f;
            for (var i = 0; i < pads; i++)
            {
                over[i] = rests[i].Follow(frame.Mean[i], empty, seconds);
                sum += over[i];
            }
            Load = sum * 8 / pads;
            if (creeps && empty && Current == PostureKind.Upright && Load <= before)
                Rest();
        }

        // Once the rise is decided, what a pad shows is its rest: creep falls from there, and whoever sits down anew rises.
        void Rest()
        {
            for (var i = 0; i < pads; i++)
            {
                rests[i].Counts = frame.Mean[i];
                over[i] = 0;
            }
            Load = 0;
            creeps = false;
            learned = true;
            occupancy.Rested();
        }

        void Change()
        {
            since = occupancy.Since;
            creeps = opinion != PostureKind.Unknown && !occupancy.IsOccupied;
            if (opinion != PostureKind.Unknown)
                See(occupancy.IsOccupied ? Transition.Sit : Transition.Rise, since);
            opinion = occupancy.IsOccupied ? PostureKind.Sitting : PostureKind.Upright;
            thing.Begin(since);
            balance.Clear();
            if (occupancy.IsOccupied)
                shifts.Begin(since);
        }

        // A thing that turned out to be a sitter has sat there since it was taken for one.
        void Turn()
        {
            since = thing.Since;
            opinion = thing.Is ? PostureKind.Object : PostureKind.Sitting;
            balance.Clear();
            shifts.Begin(since);
            if (!thing.WasSatOn)
                return;
            occupancy.Begin(since);
            See(Transition.Sit, since);
        }

        void Measure(float seconds)
        {
            shifts.Add(frame.At, over, seconds);
            balance.Add(over, seconds);
            if (stir.AliveBlocks > 1)
                sitter += (Load - sitter) * (sitter > 0 ? seconds / (SitterSeconds + seconds) : 1);
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Empty or occupied: the mean of the next five seconds. Empty fails, and changes nothing, when the pads stir, one is at its end, or the load is above 2700 counts;
        /// occupied when it is below 300, or an object.
        /// </remarks>
        public override bool Calibrate(CalibrationStep step, long ms)
        {
            if (step == CalibrationStep.Standing)
                return false;
            calibration.Begin(step, ms);
            Calibration = CalibrationState.Running;
            return true;
        }

        void Calibrate()
        {
            var load = 0f;
            for (var i = 0; i < pads; i++)
                load += calibration.Mean(i) - rests[i].Counts;
            load *= 8f / pads;
            var wrong = calibration.Step == CalibrationStep.Empty ? occupancy.IsOccupied && stir.AliveBlocks > 0 : thing.Is;
            var right = calibration.IsRight(load) && !wrong;
            Calibration = right ? CalibrationState.Done : CalibrationState.Failed;
            if (!right)
                return;
            if (calibration.Step == CalibrationStep.Empty)
            {
                for (var i = 0; i < pads; i++)
                    rests[i].Counts = calibration.Mean(i);
                learned = true;
            }
            else
            {
                sitter = load;
                occupancy.Calibrated(load);
            }
        }

        /// <inheritdoc/>
        /// <remarks>The empty counts of each pad, and the usual load of a sitter.</remarks>
        public override int SavedValues => pads + 1;

        /// <inheritdoc/>
        public override bool Save(float[] values)
        {
            for (var i = 0; i < pads; i++)
                values[i] = rests[i].Counts;
            values[pads] = sitter;
            return learned;
        }

        /// <inheritdoc/>
        public override bool Restore(float[] values)
        {
            for (var i = 0; i < pads; i++)
                if (!(values[i] >= 0 && values[i] <= 4095))
                    return false;
            if (!(values[pads] >= 0 && values[pads] <= 8 * 4095))
                return false;
            for (var i = 0; i < pads; i++)
                rests[i].Counts = values[i];
            sitter = values[pads];
            return learned = true;
        }
    }
}

using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// A motion sensor worn on thigh or belt. While the body is at rest nobody reads it: the chip samples on into its FIFO, which is emptied once
    /// a second, so that the detector is given each sample all the same.
    /// </summary>
    public sealed class MotionClip : PostureSource
    {
        /// <summary>Time between two looks into the FIFO, ms; it holds 3.4 s.</summary>
        const int RestPeriodMs = 1000;

        /// <summary>After the set-up the FIFO is filled for so many samples, to see whether it works: those of some copies do not.</summary>
        const int TrialSamples = 10;

        /// <summary>Time between two attempts to find the sensor again, ms.</summary>
        const int RetryMs = 5000;

        readonly MotionDetector detector;
        readonly Charger charger;
        readonly MotionSensor sensor = new MotionSensor();
        readonly SampleFifo fifo = new SampleFifo();
        readonly TapDetector taps = new TapDetector();
        bool atRest, fifoWorks;
        int trial;         // samples until the FIFO's trial ends
        int taken, given;  // samples from the FIFO, and those of them that the detector has
        long from, until;  // the time before the first of them, and of the last
        long last;         // of the last sample given
        long retryAt;

        /// <summary>A clip-on read by a detector.</summary>
        /// <param name="detector">What decides.</param>
        /// <param name="charger">While it is there nobody wears the clip-on; null where none is wired.</param>
        public MotionClip(MotionDetector detector, Charger charger = null)
        {
            this.detector = detector;
            this.charger = charger;
        }

        /// <inheritdoc/>
        public override int PeriodMs => given < taken ? 0 : atRest ? RestPeriodMs : MotionSensor.PeriodMs;

        /// <inheritdoc/>
        public override PostureDetector Detector => detector;

        /// <inheritdoc/>
        public override string Fault => sensor.Fault;

        /// <inheritdoc/>
        public override long TappedAt => taps.ToldAt;

        /// <inheritdoc/>
        public override int Noise => sensor.Noise;

        /// <summary>How often samples were lost because nobody had emptied the FIFO in time.</summary>
        public int Overflows => fifo.Overflows;

        /// <inheritdoc/>
        public override bool LyingIsSitting
        {
            set
            {
                if (detector is BeltDetector belt)
                    belt.LyingIsSitting = value;
            }
        }

        /// <inheritdoc/>
        public override bool Poll(long ms)
        {
            if (charger != null && charger.IsThere)
                return detector.Charge(ms);
            if (sensor.Chip == null && ms >= retryAt)
            {
                if (sensor.SetUp())
                    BeginTrial();
                retryAt = ms + RetryMs;
            }
            if (sensor.Chip == null)
                return detector.Miss(ms);
            if (atRest && given == taken && !Empty(ms))
                Move();
            if (atRest)
                return GoOn();
            if (!sensor.Read())
                return detector.Miss(ms);
            last = ms;
            var changed = Give(sensor.Word(0), sensor.Word(1), sensor.Word(2), sensor.Word(4), sensor.Word(5), sensor.Word(6));
            if (trial > 0 && --trial == 0)
                EndTrial();
            if (fifoWorks && detector.IsAtRest)
                Rest();
            return changed;
        }

        /// <inheritdoc/>
        public override void Close()
        {
            charger?.Close();
            sensor.Close();
        }

        bool Give(short x, short y, short z, short turnX, short turnY, short turnZ)
        {
            taps.Add(last, MotionSensor.G(x), MotionSensor.G(y), MotionSensor.G(z));
            return detector.Add(
                last, MotionSensor.G(x), MotionSensor.G(y), MotionSensor.G(z),
                MotionSensor.Turn(turnX), MotionSensor.Turn(turnY), MotionSensor.Turn(turnZ));
        }

        // Gives the detector what was taken from the FIFO, up to the next thing that is to be told.
        bool GoOn()
        {
            bool changed;
            do
            {
                var i = given++;
                last = from + (until - from) * given / taken;
                changed = Give(fifo.Word(i, 0), fifo.Word(i, 1), fifo.Word(i, 2), fifo.Word(i, 3), fifo.Word(i, 4), fifo.Word(i, 5));
            }
            while (given < taken && !changed && detector.Seen == Transition.None);
            if (given == taken && !detector.IsAtRest)
                Move();
            return changed;
        }

        bool Empty(long ms)
        {
            given = 0;
            taken = fifo.Take(sensor.Chip);
            if (taken > 0)
            {
                Date(ms);
                return true;
            }
            taken = 0;
            return false;
        }

        // The chip's clock is within 1 % of ours: its samples are a period apart, and the last one is less than a period old.
        void Date(long ms)
        {
            from = last;
            until = last + taken * MotionSensor.PeriodMs;
            var late = ms - until;
            if (late < 0)
                until = ms;
            else if (late > RestPeriodMs)
            {
                until = ms;
                from = ms - taken * MotionSensor.PeriodMs;
            }
            else if (late > MotionSensor.PeriodMs)
                until += (late - MotionSensor.PeriodMs) / 4;
        }

        void Rest()
        {
            given = taken = 0;
            atRest = fifo.Start(sensor.Chip);
        }

        void Move()
        {
            atRest = false;
            fifo.Stop(sensor.Chip);
        }

        void BeginTrial()
        {
            atRest = fifoWorks = false;
            trial = fifo.Start(sensor.Chip) ? TrialSamples : 0;
        }

        void EndTrial()
        {
            var samples = fifo.Take(sensor.Chip);
            fifoWorks = samples > TrialSamples / 2 && samples < TrialSamples * 2;
            fifo.Stop(sensor.Chip);
        }
    }
}

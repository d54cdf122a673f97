using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// A motion sensor worn on thigh or belt. While the body is at rest nobody reads it: the chip samples on into its FIFO, which is emptied now and
    /// then, so that the detector is given each sample all the same. Once it is on nobody the chip dozes until it is moved.
    /// </summary>
    public sealed class MotionClip : PostureSource
    {
        /// <summary>Time between two looks at what nobody tells of, ms: into the FIFO, or whether a dozing chip was moved.</summary>
        const int LookMs = 1000;

        /// <summary>Where the alarm's line tells of motion, it is read so often, ms,</summary>
        const int LineMs = 250;

        /// <summary>the FIFO so often, ms, for it holds 3.4 s,</summary>
        const int RestLookMs = 2750;

        /// <summary>once the body has been at rest for longer than what came before takes to be decided, ms,</summary>
        const int SettledMs = 15000;

        /// <summary>and whether a dozing chip is there at all so often, ms.</summary>
        const int DozeLookMs = 5000;

        /// <summary>A chip that has dozed for so long will go on, ms.</summary>
        const int SureMs = 60000;

        /// <summary>A chip that was woken samples for so long at least, ms.</summary>
        const int AwakeMs = 30000;

        /// <summary>After the set-up the FIFO is filled for so many samples, to see whether it works: those of some copies do not.</summary>
        const int TrialSamples = 10;

        /// <summary>Time between two attempts to find the sensor again, ms.</summary>
        const int RetryMs = 5000;

        readonly MotionDetector detector;
        readonly InputLine charger, interrupt;
        readonly MotionSensor sensor = new MotionSensor();
        readonly SampleFifo fifo;
        readonly MotionAlarm alarm;
        readonly TapDetector taps = new TapDetector();
        bool atRest, dozes, fifoWorks;
        bool hurries;      // the line has woken the board
        int trial;         // samples until the FIFO's trial ends
        int taken, given;  // samples from the FIFO, and those of them that the detector has
        long from, until;  // the time before the first of them, and of the last
        long last;         // of the last sample given
        long lookedAt, dozesSince, restSince, awakeUntil, retryAt;

        /// <summary>A clip-on read by a detector.</summary>
        /// <param name="detector">What decides.</param>
        /// <param name="charger">High while the charger is there, so that nobody wears the clip-on; null where none is wired.</param>
        /// <param name="interrupt">The sensor's INT; null where it is not wired.</param>
        public MotionClip(MotionDetector detector, InputLine charger = null, InputLine interrupt = null)
        {
            this.detector = detector;
            this.charger = charger;
            this.interrupt = interrupt;
            fifo = new SampleFifo(sensor);
            alarm = new MotionAlarm(sensor, interrupt);
        }

        /// <inheritdoc/>
        public override int PeriodMs =>
            given < taken ? 0
            : !atRest && !dozes ? MotionSensor.PeriodMs
            : alarm.IsHeard || dozes && sensor.Fault != null ? LineMs : LookMs;

        /// <inheritdoc/>
        public override PostureDetector Detector => detector;

        /// <inheritdoc/>
        public override string Fault => sensor.Fault ?? alarm.Fault;

        /// <inheritdoc/>
        public override long TappedAt => taps.ToldAt;

        /// <inheritdoc/>
        public override int Noise => sensor.Noise;

        /// <summary>How often samples were lost because nobody had emptied the FIFO in time.</summary>
        public int Overflows => fifo.Overflows;

        /// <inheritdoc/>
        public override bool HasLine => interrupt != null;

        /// <inheritdoc/>
        public override bool IsCalling => interrupt != null && interrupt.IsHigh;

        /// <inheritdoc/>
        public override bool IsStuck => !alarm.IsHeard && IsCalling;

        /// <inheritdoc/>
        public override bool IsCharging => charger != null && charger.IsHigh;

        /// <inheritdoc/>
        /// <remarks>It has dozed for a moment, so that the chip is known to hold still.</remarks>
        public override bool IsDeserted(long ms) => dozes && alarm.IsHeard && !IsCalling && !IsCharging && sensor.Fault == null && ms - dozesSince >= SureMs;

        /// <inheritdoc/>
        public override long QuietUntil(long pollAt)
        {
            if (sensor.Fault != null || !alarm.IsHeard || IsCalling || given < taken)
                return pollAt;
            var lookAt = dozes ? lookedAt + DozeLookMs : atRest ? lookedAt + PatienceMs(pollAt) : pollAt;
            return lookAt > pollAt ? lookAt : pollAt;
        }

        /// <inheritdoc/>
        public override void Woken()
        {
            interrupt?.Woken();
            hurries = alarm.IsRaised;
        }

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
            if (IsCharging)
                return detector.Charge(ms);
            if (!sensor.IsSetUp && ms >= retryAt)
            {
                if (sensor.SetUp())
                    BeginTrial();
                retryAt = ms + RetryMs;
            }
            if (!sensor.IsSetUp)
                return detector.Miss(ms);
            if (dozes)
                return Doze(ms);
            if (atRest && given == taken)
            {
                if (!hurries && ms - lookedAt < PatienceMs(ms))
                    return detector.Miss(ms);
                hurries = false;
                lookedAt = ms;
                // Asked first: what moves from then on raises the line again.
                if (alarm.IsRaised)
                    alarm.Ask();
                if (!Empty(ms))
                    Move();
            }
            var changed = atRest ? GoOn() : Sample(ms);
            if (given == taken && ms >= awakeUntil && detector.IsLaidDown)
                FallAsleep(ms);
            return changed;
        }

        /// <inheritdoc/>
        public override void Close()
        {
            charger?.Close();
            interrupt?.Close();
            sensor.Close();
        }

        int PatienceMs(long ms) => ms - restSince >= SettledMs && alarm.IsHeard && !alarm.IsRaised ? RestLookMs : LookMs;

        bool Sample(long ms)
        {
            if (!sensor.IsSetUp || !sensor.Read())
                return detector.Miss(ms);
            last = ms;
            var changed = Give(sensor.Word(0), sensor.Word(1), sensor.Word(2), sensor.Word(4), sensor.Word(5), sensor.Word(6));
            if (trial > 0 && --trial == 0)
                EndTrial();
            if (fifoWorks && detector.IsAtRest)
                Rest(ms);
            return changed;
        }

        bool Doze(long ms)
        {
            if (sensor.Fault == null && !alarm.IsRaised && ms - lookedAt < (alarm.IsHeard ? DozeLookMs : LookMs))
                return detector.Miss(ms);
            lookedAt = ms;
            if (!alarm.Ask())
            {
                dozes = sensor.IsSetUp;
                return detector.Miss(ms);
            }
            var changed = detector.Untouched(ms);
            if (alarm.HasMoved || detector.Calibration == CalibrationState.Running)
                WakeUp(ms);
            return changed;
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
            taken = fifo.Take();
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
            else if (late > LookMs)
            {
                until = ms;
                from = ms - taken * MotionSensor.PeriodMs;
            }
            else if (late > MotionSensor.PeriodMs)
                until += (late - MotionSensor.PeriodMs) / 4;
        }

        void Rest(long ms)
        {
            given = taken = 0;
            lookedAt = restSince = ms;
            atRest = fifo.Start() && (!alarm.IsHeard || alarm.Watch());
        }

        void Move()
        {
            atRest = false;
            fifo.Stop();
            if (alarm.IsHeard)
                alarm.End();
        }

        void FallAsleep(long ms)
        {
            if (atRest)
                Move();
            lookedAt = dozesSince = ms;
            dozes = alarm.Doze();
            if (!dozes)
                sensor.Close();
        }

        void WakeUp(long ms)
        {
            dozes = false;
            awakeUntil = ms + AwakeMs;
            if (!alarm.End())
                sensor.Close();
        }

        void BeginTrial()
        {
            atRest = dozes = fifoWorks = false;
            alarm.Begin();
            trial = fifo.Start() ? TrialSamples : 0;
        }

        void EndTrial()
        {
            var samples = fifo.Take();
            fifoWorks = samples > TrialSamples / 2 && samples < TrialSamples * 2;
            fifo.Stop();
        }
    }
}

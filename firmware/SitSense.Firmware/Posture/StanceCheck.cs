using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// A guided check: ten seconds of quiet standing, then up to thirty on one leg. Its figure is the pelvic drop, how much lower than in quiet standing the
    /// free leg's side of the pelvis is. A trend against the wearer's own earlier checks, not validated on people, no diagnosis.
    /// </summary>
    public sealed class StanceCheck
    {
        const int QuietMs = 10000;
        const int QuietPatienceMs = 30000;
        const int LiftMs = 5000;            // to shift the weight, lift a foot and steady oneself; the jolt of it is passed over
        const int HoldMs = 30000;
        const int ShortestHoldMs = 5000;
        const int SilenceMs = 5000;         // without samples: at rest they come up to 1.3 s late
        const float Jolt = 0.08f;           // g, spread of |a| over a quarter of a second: a foot put down; sway stays below 0.03
        const float LargestLean = 30f;      // degrees from quiet standing to any side: somebody who bends or holds on
        const float SwaySeconds = 1f;       // after which sway has nothing to do with itself
        const float ShiftSpeed = 0.2f;      // m/s of the body at either end of the hold
        const float ScaleError = 0.06f;     // share: an MPU6050's scale and offsets, between attitudes a few degrees apart
        const float ClipError = 2.7f;       // degrees: how a clip moves against the bone, as the frontal plane shows with a sensor on the skin (Bolink 2016, PMID 26711470)
        const float Radian = 0.0174532925f;

        readonly PelvicAxes axes;
        long began, phase, heard;
        float seconds, roll, rollSquares, back; // sums over the present phase, weighted with time
        float quietRoll, quietBack, quietError;

        internal StanceCheck(PelvicAxes axes) => this.axes = axes;

        /// <summary>How far it has come.</summary>
        public StanceState State { get; private set; }

        /// <summary>Why there is no figure, for people; null unless it failed.</summary>
        public string Reason { get; private set; }

        /// <summary>Whether the wearer stands on the left leg.</summary>
        public bool OnLeft { get; private set; }

        /// <summary>Pelvic drop, degrees; negative when the free side is higher.</summary>
        public float Drop { get; private set; }

        /// <summary>Standard error of <see cref="Drop"/>, degrees: sway, the clip on cloth and skin, the sensor, and where ahead is.</summary>
        public float Error { get; private set; }

        /// <summary>Seconds on one leg, of thirty, after the five for lifting the foot; a foot put down softly is not noticed.</summary>
        public float Seconds { get; private set; }

        /// <summary>Standard error of <see cref="Seconds"/> when a jolt ended them, s.</summary>
        public const float SecondsError = 0.5f;

        /// <summary>Begins with quiet standing; what went on before is given up.</summary>
        public void Begin(bool onLeft, long ms)
        {
            OnLeft = onLeft;
            began = heard = ms;
            Reason = null;
            Go(StanceState.Quiet, ms);
            if (!axes.IsKnown)
                Fail("up and ahead are not known yet: walk a few steps, and bow or stand up from a chair, first");
        }

        /// <summary>Looks whether samples still come.</summary>
        public void Look(long ms)
        {
            if (IsRunning && ms - heard > SilenceMs)
                Fail("the motion sensor was silent");
        }

        /// <summary>Whether it goes on.</summary>
        public bool IsRunning => State == StanceState.Quiet || State == StanceState.Lift || State == StanceState.Hold;

        /// <summary>Adds what the check has found; one name a leg, for each is a trend of its own.</summary>
        public void Measure(Figures figures)
        {
            figures.Add(OnLeft ? "pelvicDropOnLeft" : "pelvicDropOnRight", Drop, Error);
            figures.Add(OnLeft ? "stanceSecondsOnLeft" : "stanceSecondsOnRight", Seconds, SecondsError);
        }

        internal void Add(MotionEpoch epoch, PostureKind posture, bool walking)
        {
            if (!IsRunning || epoch.Start < began)
                return;
            heard = epoch.End;
            if (!axes.IsKnown)
                Fail("the clip was moved");
            else if (posture != PostureKind.Upright)
                Fail("the wearer is not seen standing: walk a few steps first");
            else if (State == StanceState.Quiet)
                Quiet(epoch);
            else if (State == StanceState.Lift)
            {
                if (epoch.End - phase >= LiftMs)
                    Go(StanceState.Hold, epoch.End);
            }
            else
                Hold(epoch, walking);
        }

        void Quiet(MotionEpoch epoch)
        {
            if (epoch.IsStill)
                Sum(epoch);
            else
                Go(StanceState.Quiet, epoch.End);
            if (seconds * 1000 >= QuietMs)
            {
                quietRoll = roll / seconds;
                quietBack = back / seconds;
                quietError = SwayError();
                Go(StanceState.Lift, epoch.End);
            }
            else if (epoch.End - began >= QuietPatienceMs)
                Fail("the wearer did not stand still for ten seconds");
        }

        void Hold(MotionEpoch epoch, bool walking)
        {
            var jolt = walking || epoch.ForceSpread > Jolt;
            if (!jolt)
            {
                Sum(epoch);
                if (Math.Abs(axes.Back(epoch.X, epoch.Y, epoch.Z) - quietBack) > LargestLean || Math.Abs(axes.LeftUp(epoch.X, epoch.Y, epoch.Z) - quietRoll) > LargestLean)
                    Fail("the wearer leaned by more than thirty degrees");
            }
            if (!IsRunning || !jolt && epoch.End - phase < HoldMs)
                return;
            if (seconds * 1000 < ShortestHoldMs)
                Fail("the foot was down within five seconds");
            else
                Conclude();
        }

        void Conclude()
        {
            var leftUp = roll / seconds - quietRoll;
            Drop = OnLeft ? leftUp : -leftUp;
            var sway = SwayError();
            var shift = ShiftSpeed / (9.80665f * seconds) / Radian;
            var turned = (back / seconds - quietBack) * axes.AheadError;
            var scale = Drop * ScaleError;
            var askew = Drop * 0.5f * axes.AheadError * axes.AheadError;
            Error = (float)Math.Sqrt(
                ClipError * ClipError + sway * sway + quietError * quietError + shift * shift + turned * turned + scale * scale + askew * askew);
            Seconds = seconds;
            State = StanceState.Done;
        }

        void Sum(MotionEpoch epoch)
        {
            var length = (epoch.End - (phase > epoch.Start ? phase : epoch.Start) + MotionEpoch.LengthMs / 6) * 0.001f;
            var now = axes.LeftUp(epoch.X, epoch.Y, epoch.Z);
            seconds += length;
            roll += now * length;
            rollSquares += now * now * length;
            back += axes.Back(epoch.X, epoch.Y, epoch.Z) * length;
        }

        // Of the mean roll, from its spread and the time that sway takes to forget itself.
        float SwayError()
        {
            var mean = roll / seconds;
            var variance = rollSquares / seconds - mean * mean;
            return variance > 0 ? (float)Math.Sqrt(variance * 2 * SwaySeconds / seconds) : 0;
        }

        void Go(StanceState state, long ms)
        {
            State = state;
            phase = ms;
            seconds = roll = rollSquares = back = 0;
        }

        void Fail(string reason)
        {
            State = StanceState.Failed;
            Reason = reason;
        }
    }
}

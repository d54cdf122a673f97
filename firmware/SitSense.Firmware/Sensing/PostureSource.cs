using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>One sensor with its detector: where postures come from.</summary>
    public abstract class PostureSource
    {
        /// <summary>How often <see cref="Poll"/> wants to be called, ms.</summary>
        public abstract int PeriodMs { get; }

        /// <summary>The decided posture.</summary>
        public abstract PostureKind Current { get; }

        /// <summary>Since when it holds, monotonic ms.</summary>
        public abstract long Since { get; }

        /// <summary>What the last poll saw before the 10 s rule.</summary>
        public virtual Transition Seen => Transition.None;

        /// <summary>When <see cref="Seen"/> happened, monotonic ms.</summary>
        public virtual long SeenAt => 0;

        /// <summary>What is wrong with the sensor, for people; null when nothing is.</summary>
        public virtual string Fault => null;

        /// <summary>Bits of the sensor's noise gathered so far, as a seed for chance.</summary>
        public virtual int Noise => 0;

        /// <summary>Takes one sample. Never throws: a sensor that fails is a <see cref="Fault"/>.</summary>
        /// <param name="ms">Now, monotonic ms.</param>
        /// <returns>True when the posture changed.</returns>
        public abstract bool Poll(long ms);

        /// <summary>Learns from what the wearer does now.</summary>
        /// <param name="step"><c>empty</c>, <c>occupied</c> or <c>standing</c>.</param>
        /// <param name="ms">Now, monotonic ms.</param>
        /// <returns>Why it cannot be done, for people; null when it began.</returns>
        public virtual string Calibrate(string step, long ms) => "calibrate: this sensor has nothing to calibrate";

        /// <summary>Frees the sensor's pins and buses.</summary>
        public virtual void Close()
        {
        }

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public virtual bool LyingIsSitting
        {
            set { }
        }
    }
}

using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>One sensor with its detector: where postures come from.</summary>
    public abstract class PostureSource
    {
        /// <summary>How often <see cref="Poll"/> wants to be called, ms.</summary>
        public abstract int PeriodMs { get; }

        /// <summary>The detector that decides and learns; null where another one decides.</summary>
        public virtual PostureDetector Detector => null;

        /// <summary>The decided posture.</summary>
        public virtual PostureKind Current => Detector.Current;

        /// <summary>Since when it holds, monotonic ms.</summary>
        public virtual long Since => Detector.Since;

        /// <summary>What the last poll saw before the 10 s rule.</summary>
        public virtual Transition Seen => Detector == null ? Transition.None : Detector.Seen;

        /// <summary>When <see cref="Seen"/> happened, monotonic ms.</summary>
        public virtual long SeenAt => Detector == null ? 0 : Detector.SeenAt;

        /// <summary>When it was last tapped twice, monotonic ms; 0 = never, or it cannot tell.</summary>
        public virtual long TappedAt => 0;

        /// <summary>What is wrong with the sensor, for people; null when nothing is.</summary>
        public virtual string Fault => null;

        /// <summary>Bits of the sensor's noise gathered so far, as a seed for chance.</summary>
        public virtual int Noise => 0;

        /// <summary>Takes one sample. Never throws: a sensor that fails is a <see cref="Fault"/>.</summary>
        /// <param name="ms">Now, monotonic ms.</param>
        /// <returns>True when the posture changed.</returns>
        public abstract bool Poll(long ms);

        /// <summary>Whether its line wakes the board from light sleep.</summary>
        public virtual bool HasLine => false;

        /// <summary>Whether its line calls right now.</summary>
        public virtual bool IsCalling => false;

        /// <summary>Whether its line calls for no reason.</summary>
        public virtual bool IsStuck => false;

        /// <summary>Whether the charger is plugged in.</summary>
        public virtual bool IsCharging => false;

        /// <summary>Whether nobody is there, and its line will tell of who comes: the board may sleep deeply, though all that is not stored is forgotten then.</summary>
        /// <param name="ms">Now, monotonic ms.</param>
        public virtual bool IsDeserted(long ms) => false;

        /// <summary>When it must be polled next, monotonic ms, where its line wakes the board before.</summary>
        /// <param name="pollAt">When it would be otherwise.</param>
        public virtual long QuietUntil(long pollAt) => pollAt;

        /// <summary>The board has slept.</summary>
        public virtual void Woken()
        {
        }

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

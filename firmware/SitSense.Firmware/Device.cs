using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;

namespace SitSense.Firmware
{
    /// <summary>Wires the rooms of one device and turns its main loop.</summary>
    public sealed class Device
    {
        readonly Clock clock;
        readonly Flash flash;
        PostureSource source;

        /// <summary>A device whose sensor is the one that its settings name.</summary>
        public Device(Clock clock, Flash flash) : this(clock, flash, null)
        {
        }

        /// <summary>A device whose postures come from <paramref name="source"/>.</summary>
        public Device(Clock clock, Flash flash, PostureSource source)
        {
            this.clock = clock;
            this.flash = flash;
            this.source = source;
        }

        /// <summary>A change of posture is in the journal.</summary>
        public event PostureChangedHandler PostureChanged;

        /// <summary>The detector saw a transition, before the 10 s rule.</summary>
        public event TransitionSeenHandler TransitionSeen;

        /// <summary>Turns until the power ends.</summary>
        public void Run()
        {
            while (true)
            {
                var now = clock.Now;
                if (source.Poll(now))
                    PostureChanged?.Invoke(source.Current, source.Since, now);
                if (source.Seen != Transition.None)
                    TransitionSeen?.Invoke(source.Seen, source.SeenAt);
                clock.Sleep(source.PeriodMs);
            }
        }
    }
}

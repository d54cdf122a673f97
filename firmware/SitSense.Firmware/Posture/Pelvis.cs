namespace SitSense.Firmware.Posture
{
    /// <summary>What a clip at the belt measures beyond posture.</summary>
    public sealed class Pelvis
    {
        readonly PelvicAxes axes = new PelvicAxes();

        internal Pelvis()
        {
            Tilt = new PelvicTilt(axes);
            Stance = new StanceCheck(axes);
        }

        /// <summary>How long standing up takes.</summary>
        public RiseTimes Rises { get; } = new RiseTimes();

        /// <summary>How far the pelvis is tilted while sitting and standing.</summary>
        public PelvicTilt Tilt { get; }

        /// <summary>The guided check of standing on one leg.</summary>
        public StanceCheck Stance { get; }

        internal void Measure(Figures figures)
        {
            if (Rises.Count > 0)
            {
                figures.Add("riseSeconds", Rises.Seconds, Rises.Error);
                figures.Add("rises", Rises.Count, 0);
            }
            if (Tilt.Sitting.Count > 0)
                figures.Add("sittingTilt", Tilt.Sitting.Degrees, Tilt.Sitting.Error);
            if (Tilt.Standing.Count > 0)
                figures.Add("standingTilt", Tilt.Standing.Degrees, Tilt.Standing.Error);
        }

        /// <summary>The clip sits otherwise now: what is known of its axes no longer holds.</summary>
        internal void Forget() => axes.Forget();

        /// <summary>The wearer walks, with up (unit vector in the sensor's axes) averaged over strides.</summary>
        internal void Walk(float x, float y, float z, float seconds) => axes.Walk(x, y, z, seconds);

        /// <summary>The wearer has sat down or stood up.</summary>
        /// <param name="rose">Whether up.</param>
        /// <param name="ms">How long it took, ms.</param>
        /// <param name="travel">The way; null where it could not be followed.</param>
        internal void Change(bool rose, long ms, VerticalTravel travel)
        {
            if (travel == null)
                return;
            axes.Lean(travel.AsideX, travel.AsideY, travel.AsideZ);
            if (rose)
                Rises.Add(ms);
        }

        /// <summary>The wearer, standing, has bent down and come back.</summary>
        internal void Bow(VerticalTravel travel) => axes.Lean(travel.AsideX, travel.AsideY, travel.AsideZ);

        /// <summary>A quarter of a second has passed.</summary>
        /// <param name="epoch">It.</param>
        /// <param name="posture">What the wearer does, as far as that is known.</param>
        /// <param name="walking">Whether walking.</param>
        internal void Add(MotionEpoch epoch, PostureKind posture, bool walking)
        {
            if (epoch.IsStill)
                Tilt.Add(epoch, posture);
            Stance.Add(epoch, posture, walking);
        }
    }
}

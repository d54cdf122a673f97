namespace SitSense.Firmware.Posture
{
    /// <summary>Decides a posture from an accelerometer and a gyroscope worn on the body, in any mounting, at 12.5 to 100 Hz.</summary>
    public abstract class MotionDetector : PostureDetector
    {
        /// <summary>Takes one sample.</summary>
        /// <param name="ms">Time of the sample, monotonic ms; a duplicate or an earlier one is passed over.</param>
        /// <param name="ax">Specific force, g: +1 on the axis that points up at rest.</param>
        /// <param name="ay">Specific force, g.</param>
        /// <param name="az">Specific force, g.</param>
        /// <param name="gx">Rate of turn, deg/s; all three exactly 0 where there is no gyroscope.</param>
        /// <param name="gy">Rate of turn, deg/s.</param>
        /// <param name="gz">Rate of turn, deg/s.</param>
        /// <returns>True when this sample decided a change.</returns>
        public abstract bool Add(long ms, float ax, float ay, float az, float gx, float gy, float gz);
    }
}

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Where up, ahead and left are for the sensor at the belt, in any mounting: up is what walking shows in the mean, ahead is where the trunk
    /// leans when its wearer sits down, stands up and bows.
    /// </summary>
    public sealed class PelvicAxes
    {
        const float WalkMemory = 60f;    // s of walking over which up is averaged
        const float LeastWalk = 5f;      // s: several strides
        const float LeanMemory = 0.8f;   // of what is known of ahead at each new lean: about the last five count
        const float LeastLean = 0.06f;   // mean excursion of up, 3 degrees over the whole move; a smaller one may be anything
        const float OneLean = 0.2f;      // rad by which a lean misses ahead; sit-downs and rises of one person differ by 0.05 to 0.5
        const float AheadBias = 0.1f;    // rad by which all of them may: nobody leans quite straight

        float upX, upY, upZ, walked;
        float leanX, leanY, leanZ, leans, squares; // sums of leans, of their lengths, and of these squared: a clear lean counts more
        float aheadX, aheadY, aheadZ;

        /// <summary>Whether up and ahead are known.</summary>
        public bool IsKnown => walked >= LeastWalk && leans > 0;

        /// <summary>Standard error of the direction of ahead, rad.</summary>
        public float AheadError => leans > 0 ? (float)System.Math.Sqrt(AheadBias * AheadBias + OneLean * OneLean * squares / (leans * leans)) : 3.14159265f;

        internal void Forget() => walked = leans = squares = leanX = leanY = leanZ = 0;

        internal void Walk(float x, float y, float z, float seconds)
        {
            if (walked <= 0)
                upX = upY = upZ = 0;
            walked += seconds;
            var share = seconds / (walked < WalkMemory ? walked : WalkMemory);
            upX += (x - upX) * share;
            upY += (y - upY) * share;
            upZ += (z - upZ) * share;
            var length = MotionDetector.Length(upX, upY, upZ);
            upX /= length;
            upY /= length;
            upZ /= length;
            Level();
        }

        /// <summary>Takes the excursion of up in a move that leaned ahead: it points back.</summary>
        internal void Lean(float x, float y, float z)
        {
            var length = MotionDetector.Length(x, y, z);
            if (!(length > LeastLean))
                return;
            leanX = leanX * LeanMemory - x;
            leanY = leanY * LeanMemory - y;
            leanZ = leanZ * LeanMemory - z;
            leans = leans * LeanMemory + length;
            squares = squares * LeanMemory * LeanMemory + length * length;
            Level();
        }

        // Ahead is level.
        void Level()
        {
            var along = leanX * upX + leanY * upY + leanZ * upZ;
            aheadX = leanX - along * upX;
            aheadY = leanY - along * upY;
            aheadZ = leanZ - along * upZ;
            var length = MotionDetector.Length(aheadX, aheadY, aheadZ);
            if (!(length > 0))
                return;
            aheadX /= length;
            aheadY /= length;
            aheadZ /= length;
        }

        /// <summary>How far the pelvis is tilted back (seen from the side) where gravity's up is this unit vector, degrees.</summary>
        public float Back(float x, float y, float z) => Degrees(x * aheadX + y * aheadY + z * aheadZ, Along(x, y, z));

        /// <summary>How far the pelvis is higher on the left (seen from behind), degrees.</summary>
        public float LeftUp(float x, float y, float z)
        {
            // Left is up x ahead.
            var left = x * (upY * aheadZ - upZ * aheadY) + y * (upZ * aheadX - upX * aheadZ) + z * (upX * aheadY - upY * aheadX);
            return Degrees(left, Along(x, y, z));
        }

        float Along(float x, float y, float z) => x * upX + y * upY + z * upZ;

        static float Degrees(float across, float along) => (float)System.Math.Atan2(across, along) * 57.29578f;
    }
}

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// What standing and sitting look like at the thigh, in people: inclinations in degrees from the axis that the thigh has while upright.
    /// Chosen on recordings by <c>dotnet run -c Release --project tests/SitSense.Benchmarks -- people thigh</c>, see docs/detection.md.
    /// </summary>
    public sealed class ThighTraits
    {
        /// <summary>Standing, as long as this wearer's is not known. The line between standing and sitting lies midway.</summary>
        public float Standing = 12.5f;

        /// <summary>Sitting, as long as this wearer's is not known.</summary>
        public float Sitting = 28.1f;

        /// <summary>What is taken for standing may be low sitting, so it raises the line no further than this.</summary>
        public float HighestStanding = 18.9f;

        /// <summary>The line goes no lower: a relaxed standing leg stays below.</summary>
        public float LowestLine = 24;

        /// <summary>The line goes no higher.</summary>
        public float HighestLine = 40;

        /// <summary>To either side of the line.</summary>
        public float Hysteresis = 2.2f;
    }
}

namespace SitSense.Firmware
{
    /// <summary>Which firmware this is.</summary>
    public static class Release
    {
        /// <summary>The version, the same as the project's.</summary>
        public const string Version = "0.1.0";
    }
}

namespace SitSense.Firmware
{
    /// <summary>Which firmware this is.</summary>
    public static class Release
    {
        /// <summary>The version, the same as the project's.</summary>
        public const string Version = "0.1.0";

        /// <summary>Counts the releases: what packages are told apart by. A package is signed with the number of the program in it.</summary>
        public const int Number = 1;
    }
}

namespace SitSense.Firmware.Posture
{
    /// <summary>What the wearer does, as far as the device can tell.</summary>
    public enum PostureKind
    {
        /// <summary>The device cannot tell.</summary>
        Unknown = 0,

        /// <summary>Sitting, and lying where lying counts as sitting.</summary>
        Sitting = 1,

        /// <summary>Standing or moving; on a seat: nobody there.</summary>
        Upright = 2,

        /// <summary>A load on the seat that is no person.</summary>
        Object = 3,

        /// <summary>Not worn, or charging.</summary>
        Off = 4
    }
}

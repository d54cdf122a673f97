using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Sensing
{
    /// <summary>The sensors that a device can have, each with its detector.</summary>
    public static class Sensors
    {
        /// <summary>The one that the settings name.</summary>
        /// <param name="name"><c>seat</c>, <c>belt</c> or <c>thigh</c>.</param>
        /// <param name="place">How it is wired.</param>
        public static PostureSource Named(string name, Place place)
        {
            var line = place.HasMotionInterrupt ? new InputLine(Pins.MotionInterrupt) : null;
            if (name == "seat")
                return new SeatPad(new SeatDetector(place.Pads), place.Pads, line);
            MotionDetector detector = name == "belt" ? new BeltDetector() : new ThighDetector();
            return new MotionClip(
                detector,
                place.HasCharger ? new InputLine(Pins.Charger) : null,
                line);
        }
    }
}

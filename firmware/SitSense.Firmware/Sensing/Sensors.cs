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
            var isSeat = name == "seat";
            // A pad may have its pin, on an ESP32-C3, which it would not wake anyway.
            var line = place.HasMotionInterrupt && !(isSeat && Pins.IsPad(Pins.MotionInterrupt, place.Pads)) ? new InputLine(Pins.MotionInterrupt) : null;
            if (isSeat)
                return new SeatPad(new SeatDetector(place.Pads), place.Pads, line);
            MotionDetector detector = name == "belt" ? new BeltDetector() : new ThighDetector();
            return new MotionClip(
                detector,
                place.HasCharger ? new InputLine(Pins.Charger) : null,
                line);
        }
    }
}

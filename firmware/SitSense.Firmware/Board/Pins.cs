using nanoFramework.Runtime.Native;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// What is wired where, on a board with an ESP32-WROOM, with an ESP32-S3, and with an ESP32-C3; hardware/README.md shows the same table, and says
    /// which pins each chip wants left alone. The board is known by the name of its interpreter; an unknown one is taken for an ESP32-WROOM.
    /// </summary>
    public static class Pins
    {
        /// <summary>The I2C bus of the motion sensor; ids start at 1.</summary>
        public const int MotionBus = 1;

        // Seat pads, first to last. Most boards lead out the first six of an ESP32-WROOM's.
        static readonly int[] wroomPads = { 36, 39, 34, 35, 32, 33, 37, 38 }, s3Pads = { 1, 2, 4, 5, 6, 7, 9, 10 }, c3Pads = { 0, 1, 3, 4 };

        /// <summary>I2C data of the motion sensor.</summary>
        public static int MotionData => On(21, 17, 5);

        /// <summary>I2C clock of the motion sensor.</summary>
        public static int MotionClock => On(22, 18, 6);

        /// <summary>INT of the motion sensor, high while it has something to tell, or a cushion's pad that wakes the board; only where the settings say that it is wired.</summary>
        public static int MotionInterrupt => On(4, 16, 3);

        /// <summary>Piezo or the transistor of a vibration motor.</summary>
        public static int Buzzer => On(25, 15, 7);

        /// <summary>Push button to ground.</summary>
        public static int Button => On(27, 14, 9);

        /// <summary>The charger's 5 V over a divider, high while it is there; only where the settings say that it is wired.</summary>
        public static int Charger => On(26, 13, 1);

        /// <summary>Half of the cell's voltage; only where the settings say that there is one. A GPIO of ADC1.</summary>
        public static int Battery => On(33, 8, 4);

        /// <summary>Light, lit when high; on an ESP32-WROOM the blue one of most boards.</summary>
        public static int Light => On(2, 12, 10);

        /// <summary>Seat pads, first to last: GPIOs of ADC1, because ADC2 cannot be used while Wi-Fi is on.</summary>
        public static int[] SeatPads => IsS3 ? s3Pads : IsC3 ? c3Pads : wroomPads;

        /// <summary>Whether the board is one with an ESP32-S3.</summary>
        public static bool IsS3 => SystemInfo.TargetName.StartsWith("ESP32_S3");

        /// <summary>Whether the board is one with an ESP32-C3.</summary>
        public static bool IsC3 => SystemInfo.TargetName.StartsWith("ESP32_C3");

        /// <summary>Whether a pin is that of one of the first so many seat pads.</summary>
        public static bool IsPad(int pin, int pads)
        {
            for (var i = 0; i < pads; i++)
                if (SeatPads[i] == pin)
                    return true;
            return false;
        }

        /// <summary>The channel of ADC1 that a GPIO is: ESP-IDF, Analog to Digital Converter, of each chip.</summary>
        public static int Channel(int pin) => On(pin < 36 ? pin - 28 : pin - 36, pin - 1, pin);

        static int On(int wroom, int s3, int c3) => IsS3 ? s3 : IsC3 ? c3 : wroom;
    }
}

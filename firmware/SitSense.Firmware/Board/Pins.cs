namespace SitSense.Firmware.Board
{
    /// <summary>What is wired where on an ESP32-WROOM board; hardware/README.md shows the same table.</summary>
    public static class Pins
    {
        /// <summary>I2C data of the motion sensor.</summary>
        public const int MotionData = 21;

        /// <summary>I2C clock of the motion sensor.</summary>
        public const int MotionClock = 22;

        /// <summary>The I2C bus of the motion sensor; ids start at 1.</summary>
        public const int MotionBus = 1;

        /// <summary>INT of the motion sensor, high while it has something to tell, or a cushion's pad that wakes the board; only where the settings say that it is wired.</summary>
        public const int MotionInterrupt = 4;

        /// <summary>Piezo or the transistor of a vibration motor.</summary>
        public const int Buzzer = 25;

        /// <summary>Push button to ground.</summary>
        public const int Button = 27;

        /// <summary>The charger's 5 V over a divider, high while it is there; only where the settings say that it is wired.</summary>
        public const int Charger = 26;

        /// <summary>Half of the cell's voltage; only where the settings say that there is one. It is the sixth pad's of a cushion, too.</summary>
        public const int Battery = 33;

        /// <summary>The ADC1 channel of <see cref="Battery"/>.</summary>
        public const int BatteryChannel = 5;

        /// <summary>Light, lit when high; the blue one of most boards.</summary>
        public const int Light = 2;

        /// <summary>Seat pads, first to last: GPIOs of ADC1, because ADC2 cannot be used while Wi-Fi is on. Most boards lead out the first six.</summary>
        public static readonly int[] SeatPads = { 36, 39, 34, 35, 32, 33, 37, 38 };

        /// <summary>The ADC1 channels of <see cref="SeatPads"/>.</summary>
        public static readonly int[] SeatChannels = { 0, 3, 6, 7, 4, 5, 1, 2 };
    }
}

using System;
using System.Device.Adc;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Energy
{
    /// <summary>
    /// One lithium cell, by half of its voltage at <see cref="Pins.Battery"/>.
    /// </summary>
    public sealed class Battery
    {
        /// <summary>Lower than that it is nearly empty, V: 8 % of the charge.</summary>
        public const float LowVolts = 3.6f;

        /// <summary>Lower than that the device stops, V: a regulator that drops 0.2 V gives 3.3 V no more.</summary>
        public const float EmptyVolts = 3.5f;

        /// <summary>From there on it starts again, or is nearly empty no more, V: a cell without load recovers by less.</summary>
        public const float StartVolts = 3.65f;

        /// <summary>Outside of these nothing is wired there, V.</summary>
        const float LeastVolts = 2.5f, MostVolts = 4.6f;

        /// <summary>Two equal resistors.</summary>
        const float Divider = 2;

        /// <summary>Values of one look, whose mean counts, and the weight of a look in what is told.</summary>
        const int Values = 16;
        const float Weight = 0.25f;

        /// <summary>Voltage without load and charge of a common lithium cell (wiki.bluecrow.net, Batteries); others differ by a tenth.</summary>
        static readonly float[] volts = { 3.5f, 3.8f, 3.9f, 4.0f, 4.1f, 4.2f }, shares = { 0, 0.30f, 0.55f, 0.75f, 0.87f, 1 };

        readonly Faults faults;
        readonly float scale;
        AdcChannel channel;

        /// <summary>The cell of a device.</summary>
        /// <param name="scale">By what its volts are to be multiplied.</param>
        /// <param name="isTaken">Whether something else is wired to its pin.</param>
        /// <param name="faults">Where faults are told.</param>
        public Battery(float scale, bool isTaken, Faults faults)
        {
            this.scale = scale;
            this.faults = faults;
            if (isTaken)
            {
                faults.Report("battery", "cannot be measured: its pin is a pad's");
                return;
            }
            try
            {
                channel = Analog.Open(Pins.Battery);
            }
            catch (Exception e)
            {
                faults.Report("battery", "cannot be measured: " + e.Message);
            }
        }

        /// <summary>Its voltage, V; 0 = not known, and then it is neither low nor empty.</summary>
        public float Volts { get; private set; }

        /// <summary>Its charge, 0 to 1; meaningful where the voltage is known.</summary>
        public float Share
        {
            get
            {
                if (Volts <= volts[0])
                    return 0;
                for (var i = 1; i < volts.Length; i++)
                    if (Volts < volts[i])
                        return shares[i - 1] + (shares[i] - shares[i - 1]) * (Volts - volts[i - 1]) / (volts[i] - volts[i - 1]);
                return 1;
            }
        }

        /// <summary>Whether it is nearly empty.</summary>
        public bool IsLow { get; private set; }

        /// <summary>Whether it has no charge left to go on with.</summary>
        public bool IsEmpty => Volts > 0 && Volts < EmptyVolts;

        /// <summary>Measures it; best while the radio is off, which makes it sag.</summary>
        public void Look()
        {
            var now = Measure();
            if (now < LeastVolts || now > MostVolts)
                Volts = 0;
            else
                Volts = Volts > 0 ? Volts + (now - Volts) * Weight : now;
            if (Volts == 0 || Volts >= StartVolts)
                IsLow = false;
            else if (Volts < LowVolts)
                IsLow = true;
            if (channel != null)
                faults.Report("battery", IsLow ? "nearly empty: charge it" : null);
        }

        float Measure()
        {
            if (channel == null)
                return 0;
            try
            {
                var sum = 0;
                for (var i = 0; i < Values; i++)
                    sum += channel.ReadValue();
                return Analog.Volts((float)sum / Values) * Divider * scale;
            }
            catch (Exception)
            {
                return 0;
            }
        }
    }
}

using System;
using System.Device.Adc;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>A cushion: 1 to 8 pressure pads, each a divider with a fixed resistor at an input of ADC1.</summary>
    public sealed class SeatPad : PostureSource
    {
        const int SamplePeriodMs = 100;

        /// <summary>Time between two attempts to open the inputs, ms.</summary>
        const int RetryMs = 5000;

        /// <summary>The seat has been empty for so long, ms: whoever only went for a coffee is not waited for in deep sleep.</summary>
        const int DesertedMs = 15 * 60000;

        readonly SeatDetector detector;
        readonly InputLine touch;
        readonly int[] counts;
        readonly AdcChannel[] channels;
        bool ready;
        string fault;
        int noise;
        long retryAt;

        /// <summary>A cushion with so many pads, read by a detector.</summary>
        /// <param name="detector">What decides.</param>
        /// <param name="pads">How many.</param>
        /// <param name="touch">High while somebody sits, from a pad of its own; null where none is wired.</param>
        public SeatPad(SeatDetector detector, int pads, InputLine touch = null)
        {
            this.detector = detector;
            this.touch = touch;
            counts = new int[pads];
            channels = new AdcChannel[pads];
        }

        /// <inheritdoc/>
        public override int PeriodMs => SamplePeriodMs;

        /// <inheritdoc/>
        public override PostureDetector Detector => detector;

        /// <inheritdoc cref="SeatDetector.Shifts"/>
        public int Shifts => detector.Shifts;

        /// <inheritdoc cref="SeatDetector.LongestStill"/>
        public long LongestStill => detector.LongestStill;

        /// <inheritdoc cref="SeatDetector.Balance"/>
        public float Balance => detector.Balance;

        /// <inheritdoc/>
        public override string Fault => fault;

        /// <inheritdoc/>
        public override int Noise => noise;

        /// <inheritdoc/>
        public override bool IsDeserted(long ms) =>
            touch != null && Current == PostureKind.Upright && ms - Since >= DesertedMs && fault == null && !touch.IsHigh;

        /// <inheritdoc/>
        public override bool Poll(long ms)
        {
            if (!ready && ms >= retryAt)
            {
                Open();
                retryAt = ms + RetryMs;
            }
            return ready && Read() ? detector.Add(ms, counts) : detector.Miss(ms);
        }

        /// <inheritdoc/>
        public override void Close()
        {
            ready = false;
            touch?.Close();
            for (var i = 0; i < channels.Length; i++)
            {
                channels[i]?.Dispose();
                channels[i] = null;
            }
        }

        void Open()
        {
            try
            {
                for (var i = 0; i < channels.Length; i++)
                    channels[i] = Analog.Open(Pins.SeatPads[i]);
                ready = true;
                fault = null;
            }
            catch (Exception e)
            {
                fault = "the seat pads cannot be opened: " + e.Message;
                Close();
            }
        }

        bool Read()
        {
            try
            {
                for (var i = 0; i < channels.Length; i++)
                {
                    counts[i] = channels[i].ReadValue();
                    noise = noise * 31 + counts[i];
                }
                fault = null;
                return true;
            }
            catch (Exception e)
            {
                fault = "the seat pads cannot be read: " + e.Message;
                return false;
            }
        }
    }
}

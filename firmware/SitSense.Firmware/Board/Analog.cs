using System.Device.Adc;
using nanoFramework.Hardware.Esp32;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// The inputs of ADC1, 12 bits at 12 dB. Counts to volts are an ESP32-WROOM's by ESP-IDF 4.4, esp_adc_cal_esp32.c with the nominal reference of
    /// 1100 mV (1100 * 196602 / 4096 / 65536 mV a count from 142 mV on), and the others' by its guide, Analog to Digital Converter: 4095 counts are
    /// 3100 mV of an ESP32-S3 and 2500 mV of an ESP32-C3. The reference of a chip is 1000 to 1200 mV (ESP32 data sheet, ADC).
    /// </summary>
    public static class Analog
    {
        const float WroomZero = 0.142f, WroomCount = 0.0008056f, S3Count = 3.1f / 4095, C3Count = 2.5f / 4095;

        /// <summary>Opens one.</summary>
        /// <param name="pin">Its GPIO.</param>
        public static AdcChannel Open(int pin)
        {
            var channel = Pins.Channel(pin);
            Configuration.SetPinFunction(pin, (DeviceFunction)((int)DeviceFunction.ADC1_CH0 + channel));
            return new AdcController().OpenChannel(channel);
        }

        /// <summary>The volts at a pin.</summary>
        public static float Volts(float counts) => Pins.IsS3 ? counts * S3Count : Pins.IsC3 ? counts * C3Count : counts * WroomCount + WroomZero;
    }
}

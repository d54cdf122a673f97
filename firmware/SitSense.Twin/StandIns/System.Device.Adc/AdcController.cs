using SitSense.Twin.Hardware;

namespace System.Device.Adc;

/// <summary>The analogue inputs of the current virtual board: those of its ADC1, and then of its ADC2.</summary>
public class AdcController
{
    readonly VirtualBoard board = VirtualBoard.Current;

    public int ChannelCount => board.Chip.PinOfChannel.Length;

    public AdcChannelMode ChannelMode { get; set; } = AdcChannelMode.SingleEnded;

    public int MaxValue => VirtualAdc.MaxValue;

    public int MinValue => 0;

    public int ResolutionInBits => 12;

    public bool IsChannelModeSupported(AdcChannelMode channelMode) => channelMode == AdcChannelMode.SingleEnded;

    /// <exception cref="ArgumentException">There is no such channel.</exception>
    /// <exception cref="InvalidOperationException">ADC2, while the radio has it.</exception>
    public AdcChannel OpenChannel(int channelNumber)
    {
        if (channelNumber < 0 || channelNumber >= ChannelCount)
            throw new ArgumentException();
        if (channelNumber >= board.Chip.FirstOfAdc2 && board.Network.IsAssociated)
            throw new InvalidOperationException();
        return new AdcChannel(this, channelNumber);
    }
}

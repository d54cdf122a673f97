using SitSense.Twin.Hardware;

namespace System.Device.Adc;

/// <summary>One analogue input of the current virtual board.</summary>
public class AdcChannel : IDisposable
{
    readonly VirtualBoard board = VirtualBoard.Current;
    readonly int number;
    bool disposed;

    internal AdcChannel(AdcController controller, int number)
    {
        Controller = controller;
        this.number = number;
    }

    public AdcController Controller { get; }

    /// <summary>Counts, 0 to 4095.</summary>
    /// <exception cref="ObjectDisposedException">The channel was disposed.</exception>
    public int ReadValue()
    {
        if (disposed)
            throw new ObjectDisposedException(null);
        board.NeedPower();
        return board.Adc.Read(number);
    }

    /// <summary>Counts as a share of the highest.</summary>
    public double ReadRatio() => ReadValue() / (double)Controller.MaxValue;

    public void Dispose() => disposed = true;
}

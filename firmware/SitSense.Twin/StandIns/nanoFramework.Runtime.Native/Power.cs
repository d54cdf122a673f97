using SitSense.Twin.Hardware;

namespace nanoFramework.Runtime.Native;

public class Power
{
    /// <summary>Starts the board anew; never returns.</summary>
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
    {
        VirtualBoard.Current.Cut(new Restart());
        throw new PowerLost();
    }
}

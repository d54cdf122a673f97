using SitSense.Twin.Hardware;

namespace nanoFramework.Networking;

/// <summary>The time client of the current virtual board; it runs from the moment the board has an address.</summary>
public class Sntp
{
    public static bool IsStarted => VirtualBoard.Current.Network.IsAssociated;

    public static string Server1
    {
        get => VirtualBoard.Current.Network.TimeServer;
        set => VirtualBoard.Current.Network.TimeServer = value;
    }

    public static void Start() => VirtualBoard.Current.Network.AskTime();

    public static void UpdateNow() => VirtualBoard.Current.Network.AskTime();
}

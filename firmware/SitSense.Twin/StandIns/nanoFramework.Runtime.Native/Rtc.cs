using System;
using SitSense.Twin.Hardware;

namespace nanoFramework.Runtime.Native;

public static class Rtc
{
    /// <summary>Sets the board's wall clock; times are UTC.</summary>
    public static bool SetSystemTime(DateTime time)
    {
        VirtualBoard.Current.SetWall(time);
        return true;
    }
}

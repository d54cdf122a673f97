using System;
using SitSense.Twin.Hardware;

namespace nanoFramework.Runtime.Native;

public static class SystemInfo
{
    public static Version Version => new Version(1, 17, 11, 0);

    public static string OEMString => "nanoCLR running @ SitSense twin";

    /// <summary>The name of the interpreter; where no board was entered, of the usual one.</summary>
    public static string TargetName => VirtualBoard.Here?.Target ?? VirtualChip.Usual;

    public static string Platform => "TWIN";
}

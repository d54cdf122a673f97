using System;

namespace nanoFramework.Runtime.Native;

public static class SystemInfo
{
    public static Version Version => new Version(1, 17, 11, 0);

    public static string OEMString => "nanoCLR running @ SitSense twin";

    public static string TargetName => "TWIN";

    public static string Platform => "TWIN";
}

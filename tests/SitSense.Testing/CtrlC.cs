using System.Globalization;
using System.Runtime.InteropServices;

namespace SitSense.Testing;

/// <summary>
/// What a script starts in the background ignores Ctrl-C, and so does all that it starts in turn. A program that is to be ended by Ctrl-C must not inherit that.
/// </summary>
public static class CtrlC
{
    const int Sigint = 2;
    const nint Default = 0;

    /// <summary>Programs that this one starts from now on hear Ctrl-C.</summary>
    public static void IsHeard()
    {
        if (OperatingSystem.IsLinux() && IsIgnored())
            _ = signal(Sigint, Default);
    }

    static bool IsIgnored()
    {
        const string Ignored = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Sigint - 1) & 1) == 1;
    }

    [DllImport("libc")]
    static extern nint signal(int number, nint handler);
}

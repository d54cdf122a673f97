namespace nanoFramework.Hardware.Esp32;

/// <summary>The chip's memory outside the managed heap: an ESP32-WROOM with the interpreter running.</summary>
public class NativeMemory
{
    const uint Total = 290_000;
    const uint Free = 110_000;
    const uint Largest = 65_000;

    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        var there = memType != MemoryType.SpiRam;
        totalSize = there ? Total : 0;
        totalFreeSize = there ? Free : 0;
        largestFreeBlock = there ? Largest : 0;
    }
}

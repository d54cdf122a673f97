namespace nanoFramework.Runtime.Native;

public static class GC
{
    /// <summary>Free bytes of the managed heap of an ESP32-WROOM; the PC's own heap says nothing about it.</summary>
    const uint Free = 90_000;

    /// <summary>Collects garbage (not here: the PC does it by itself) and returns the free bytes of the managed heap.</summary>
    public static uint Run(bool compactHeap) => Free;
}

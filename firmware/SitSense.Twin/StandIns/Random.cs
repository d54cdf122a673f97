using SitSense.Twin.Hardware;

namespace SitSense;

/// <summary>
/// Chance on a board: without a seed it is the virtual board's own, so that a run repeats with all its back-offs and batches. Being in a namespace around the
/// board's own, this one is found first there.
/// </summary>
sealed class Random : System.Random
{
    public Random() : base(VirtualBoard.Current.Chance.Next())
    {
    }

    public Random(int seed) : base(seed)
    {
    }
}

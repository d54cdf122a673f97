using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>A detector with all it said, held to what every detector promises.</summary>
sealed class Watched(PostureDetector detector)
{
    readonly List<(PostureKind Posture, long Since, long Decided)> changes = [];

    public PostureDetector Detector => detector;

    public List<(Transition Transition, long At)> Seen { get; } = [];

    public IReadOnlyList<(PostureKind Posture, long Since, long Decided)> Changes => changes;

    /// <summary>What it said, without the times.</summary>
    public PostureKind[] Postures => [.. changes.Select(change => change.Posture)];

    public void Add(long ms, float[] s) => Check(((MotionDetector)detector).Add(ms, s[0], s[1], s[2], s[3], s[4], s[5]), ms);

    public void Add(long ms, int[] counts) => Check(((SeatDetector)detector).Add(ms, counts), ms);

    public void Miss(long ms) => Check(detector.Miss(ms), ms);

    /// <summary>What it says of a moment, in hindsight.</summary>
    public PostureKind At(long ms) => changes.LastOrDefault(change => change.Since <= ms).Posture;

    void Check(bool changed, long ms)
    {
        if (detector.Seen != Transition.None)
            Seen.Add((detector.Seen, detector.SeenAt));
        if (!changed)
            return;
        Assert.True(detector.Since <= ms, $"{detector.Current} since {detector.Since}, decided at {ms}");
        if (changes.Count > 0)
        {
            Assert.True(ms - changes[^1].Decided >= PostureDetector.MinimumMs, $"changes at {changes[^1].Decided} and {ms}");
            Assert.True(detector.Since >= changes[^1].Since, $"since {detector.Since} after {changes[^1].Since}");
            Assert.NotEqual(changes[^1].Posture, detector.Current);
        }
        changes.Add((detector.Current, detector.Since, ms));
    }
}

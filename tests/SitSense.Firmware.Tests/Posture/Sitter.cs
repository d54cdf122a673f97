namespace SitSense.Firmware.Tests.Posture;

/// <summary>How somebody, or something, bears on a <see cref="SimulatedChair"/>.</summary>
/// <param name="Kilograms">Mass; a chair bears three quarters of a sitter, the feet the rest.</param>
/// <param name="Breath">Amplitude of breathing, share of the load.</param>
/// <param name="Sway">Standard deviation of slow sway, share of the load.</param>
/// <param name="ShiftSeconds">Mean time between two weight shifts; 0 = never.</param>
/// <param name="FidgetSeconds">Mean time between two fidgets, which come back; 0 = never.</param>
record Sitter(double Kilograms, double Breath, double Sway, double ShiftSeconds, double FidgetSeconds)
{
    /// <summary>At a desk: 9 shifts and 13 fidgets a quarter of an hour (10.1016/j.apergo.2024.104374).</summary>
    public static Sitter AtDesk(double kilograms) => new(kilograms, 0.008, 0.01, 100, 70);

    /// <summary>Watches a film: breathes, and moves every few minutes.</summary>
    public static Sitter Quiet(double kilograms) => new(kilograms, 0.005, 0.004, 600, 180);

    /// <summary>Nothing but breath.</summary>
    public static Sitter Motionless(double kilograms) => new(kilograms, 0.005, 0.001, 0, 0);

    /// <summary>Lies there.</summary>
    public static Sitter Thing(double kilograms) => new(kilograms / 0.75, 0, 0, 0, 0);

    /// <summary>Four kilograms; turns round now and then, breathes twice as fast as people.</summary>
    public static Sitter Cat(double everySeconds) => new(4 / 0.75, 0.004, 0.002, everySeconds, 0) { BreathHz = 0.5 };

    public double BreathHz { get; init; } = 0.25;
}

namespace SitSense.Sitting;

/// <summary>What a posture counts as.</summary>
public static class Postures
{
    /// <summary>Nobody sits: <see cref="Posture.Upright"/> and <see cref="Posture.Object"/>.</summary>
    public static bool IsUp(this Posture posture) => posture is Posture.Upright or Posture.Object;

    /// <summary>Sitting or up; the rest counts as not known.</summary>
    public static bool IsKnown(this Posture posture) => posture == Posture.Sitting || posture.IsUp();

    /// <summary>Of two devices at the same instant the higher one is believed: sitting before up before not known.</summary>
    internal static int Rank(this Posture posture) => posture switch
    {
        Posture.Sitting => 4,
        Posture.Upright => 3,
        Posture.Object => 2,
        Posture.Off => 1,
        _ => 0,
    };
}

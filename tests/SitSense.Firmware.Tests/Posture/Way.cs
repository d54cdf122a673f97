namespace SitSense.Firmware.Tests.Posture;

/// <summary>Where a load lies on a seat.</summary>
public enum Way
{
    Middle,
    Left,
    Right,
    CrossLegged,
    Back,
    Edge,
    OnePad,
}

/// <summary>What each way of sitting puts on a pad.</summary>
static class Ways
{
    /// <summary>The load on a pad, in no unit; pads 0, 2, 4, 6 are left, rows go from back to front.</summary>
    public static double Share(Way way, int pad, int pads)
    {
        var left = pad % 2 == 0;
        var front = pads < 3 ? 0.5 : pad / 2 / ((pads + 1) / 2 - 1.0);
        return way switch
        {
            Way.Left => left ? 1.6 : 0.3,
            Way.Right => left ? 0.3 : 1.6,
            Way.CrossLegged => left ? 1.3 - front : 0.5 + 0.3 * front,
            Way.Back => 1.5 - 1.2 * front,
            Way.Edge => 0.02 + 1.5 * front * front,
            Way.OnePad => pad == 0 ? 1 : pad == 2 ? 0.3 : 0,
            _ => 1.2 - 0.5 * front,
        };
    }
}

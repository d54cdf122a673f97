using SitSense.Firmware.Posture;

namespace SitSense.Benchmarks;

/// <summary>Traits as they were guessed before any choosing, from published figures and by argument: where <see cref="People"/> begins.</summary>
static class FirstGuess
{
    public static BeltTraits Belt() => new()
    {
        SeatDrop = 0.3f, SeatSpread = 0.12f, Unheard = 0.05f, RiseError = 1, ChangeLean = 40, ChangeLeanSpread = 17, ChangeBack = 20, ChangeBackSpread = 14,
        ChangeTail = 0.1f, StandTurn = 3.5f, StandLean = 6, StayTail = 0.05f, SitTurn = 5, SitShifts = 0.3f, SitShift = 18, SitLean = 6, Changes = 0.3f,
        SeatedBack = 18, SeatedSway = 10, StandSway = 5, SwayTail = 0.1f, LoudestTilt = 1.5f,
    };

    public static ThighTraits Thigh() => new() { Standing = 12, Sitting = 42, HighestStanding = 18, LowestLine = 24, HighestLine = 40, Hysteresis = 2.5f };
}

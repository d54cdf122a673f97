namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// What sitting down, standing up and staying look like at the belt: means, spreads (standard deviations) and shares over people, moves and chairs.
    /// Chosen on recordings by <c>dotnet run -c Release --project tests/SitSense.Benchmarks -- people belt</c>, see docs/detection.md.
    /// </summary>
    public sealed class BeltTraits
    {
        /// <summary>How far the waist goes down to a chair, m.</summary>
        public float SeatDrop = 0.298f;

        /// <summary>Its spread, m.</summary>
        public float SeatSpread = 0.141f;

        /// <summary>Share of moves of which the measured rise says nothing.</summary>
        public float Unheard = 0.0486f;

        /// <summary>What the rise's computed standard error is to be multiplied with.</summary>
        public float RiseError = 0.878f;

        /// <summary>How far the body leans in a transition, degrees.</summary>
        public float ChangeLean = 39.1f;

        /// <summary>Its spread, degrees.</summary>
        public float ChangeLeanSpread = 15.5f;

        /// <summary>How much further back it leans after sitting down than before, degrees.</summary>
        public float ChangeBack = 20;

        /// <summary>Its spread, degrees.</summary>
        public float ChangeBackSpread = 14.8f;

        /// <summary>Share of transitions that lean in any other way.</summary>
        public float ChangeTail = 0.109f;

        /// <summary>Spread of the turn between two rests of who stays up, degrees.</summary>
        public float StandTurn = 4.35f;

        /// <summary>Spread of how far they lean beyond it on the way, degrees.</summary>
        public float StandLean = 6.2f;

        /// <summary>Share of the moves of who stays, up or seated, that bend, turn or lean in any other way.</summary>
        public float StayTail = 0.0429f;

        /// <summary>Spread of the turn between two rests of who stays seated, degrees.</summary>
        public float SitTurn = 5.01f;

        /// <summary>Share of their moves that slouch or straighten up.</summary>
        public float SitShifts = 0.267f;

        /// <summary>Spread of the turn in these, degrees.</summary>
        public float SitShift = 12.1f;

        /// <summary>Spread of how far they lean beyond it on the way, degrees.</summary>
        public float SitLean = 5.01f;

        /// <summary>Share of longer moves, of two seconds and more, that change the posture.</summary>
        public float Changes = 0.333f;

        /// <summary>How much further back somebody leans seated than upright, degrees, as long as this one's is not known.</summary>
        public float SeatedBack = 16.7f;

        /// <summary>Spread of that, degrees.</summary>
        public float SeatedSway = 9.03f;

        /// <summary>Spread of the tilt of who stands, degrees.</summary>
        public float StandSway = 4.73f;

        /// <summary>Share of rests that are tilted in any other way.</summary>
        public float SwayTail = 0.102f;

        /// <summary>The most that a tilt may say, as a logarithm of odds: it stays the same for as long as somebody sits as they sit.</summary>
        public float LoudestTilt = 1.46f;
    }
}

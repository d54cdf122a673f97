#nullable enable
using System;

namespace SitSense.Twin.Bodies;

/// <summary>A stretch of one activity.</summary>
/// <param name="From">UTC of its start.</param>
/// <param name="To">UTC of its end, which is the next one's start.</param>
/// <param name="Activity">What the body does.</param>
/// <param name="AtDesk">Whether a sitting is on the own chair, the one with the cushion.</param>
/// <param name="BagOnSeat">Whether a bag lies on the own chair meanwhile.</param>
public readonly record struct Spell(DateTime From, DateTime To, Activity Activity, bool AtDesk, bool BagOnSeat)
{
    /// <summary>A number that only this spell has, to draw its details from.</summary>
    public long Key => From.Ticks / TimeSpan.TicksPerMillisecond;
}

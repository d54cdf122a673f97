#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>One uninterrupted output of a pin, such as a single pulse of the buzzer.</summary>
/// <param name="At">UTC of its start.</param>
/// <param name="Length">How long; until now while it goes on.</param>
/// <param name="Strength">The highest level in it: 1, or the duty of a PWM.</param>
public readonly record struct Buzz(DateTime At, TimeSpan Length, double Strength);

#nullable enable
using System;
using System.Collections.Generic;

namespace SitSense.Twin.Recordings;

/// <summary>Samples of one sensor over time: six columns of motion, or one a seat pad. Between rows the last value holds.</summary>
public sealed class Recording
{
    /// <summary>A longer silence means that the device saw no samples, in seconds.</summary>
    public const double LongestHoldSeconds = 1;

    readonly double[] times;
    readonly float[] values;
    int cursor;

    internal Recording(string file, int columns, List<double> times, List<float> values)
    {
        File = file;
        Columns = columns;
        this.times = times.ToArray();
        this.values = values.ToArray();
    }

    public string File { get; }

    /// <summary>Values a row.</summary>
    public int Columns { get; }

    public int Rows => times.Length;

    /// <summary>The first row's time on the recording's own clock, in seconds.</summary>
    public double Start => times[0];

    /// <summary>The last row's time, in seconds.</summary>
    public double End => times[^1];

    /// <summary>The values that hold at a time; before the first row its own, in a gap those after it.</summary>
    public ReadOnlySpan<float> At(double seconds)
    {
        var row = RowAt(seconds);
        if (row + 1 < times.Length && seconds > times[row] && times[row + 1] - times[row] > LongestHoldSeconds)
            row++;
        return values.AsSpan(row * Columns, Columns);
    }

    /// <summary>Where a gap ends in which a time lies more than <paramref name="tolerance"/> seconds deep; null outside of gaps.</summary>
    public double? GapEnd(double seconds, double tolerance)
    {
        var row = RowAt(seconds);
        return row + 1 < times.Length && times[row + 1] - times[row] > LongestHoldSeconds && seconds > times[row] + tolerance ? times[row + 1] : null;
    }

    int RowAt(double seconds)
    {
        var row = cursor;
        if (times[row] > seconds || (row + 2 < times.Length && times[row + 2] <= seconds))
        {
            row = Array.BinarySearch(times, seconds);
            row = row >= 0 ? row : Math.Max(0, ~row - 1);
        }
        while (row + 1 < times.Length && times[row + 1] <= seconds)
            row++;
        return cursor = row;
    }
}

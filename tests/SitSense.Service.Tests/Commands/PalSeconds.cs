using System.Globalization;
using System.IO.Compression;

namespace SitSense.Service.Tests.Commands;

/// <summary>
/// An events file as activpalProcessing reads it (its second.by.second, breaks.AP and sed.min.AP): starts cut to the whole second, a posture for each second, and in
/// each date the seconds of sitting and the turns from sitting to anything else. Lying and travel are taken as sitting, as everywhere here.
/// </summary>
static class PalSeconds
{
    public sealed record Day(string Date, int Breaks, double SedentaryMinutes, int Seconds);

    /// <summary>The days of <c>start,duration_s,code</c>, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onlyCode0">Lying and travel are not taken as sitting, as theirs does by itself.</param>
    public static List<Day> Of(string path, bool onlyCode0 = false)
    {
        using Stream file = File.OpenRead(path), text = path.EndsWith(".gz") ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text);
        reader.ReadLine();
        var events = new List<(DateTime Start, double Seconds, string Code)>();
        while (reader.ReadLine()?.Split(',') is { } fields)
            events.Add((DateTime.ParseExact(fields[0][..19], "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), double.Parse(fields[1], CultureInfo.InvariantCulture), fields[2]));

        var days = new List<Day>();
        var (date, before, breaks, sat, seconds) = (events[0].Start.Date, false, 0, 0, 0);
        for (var i = 0; i < events.Count; i++)
        {
            var (start, length, code) = events[i];
            var end = i + 1 < events.Count ? events[i + 1].Start : start.AddSeconds(Math.Round(length));
            var isSitting = code is "0" || (!onlyCode0 && code is "3.1" or "3.2" or "5");
            for (; start < end; start = start.AddSeconds(1), before = isSitting)
            {
                if (start.Date != date)
                    Close(start.Date);
                breaks += before && !isSitting && seconds > 0 ? 1 : 0;
                sat += isSitting ? 1 : 0;
                seconds++;
            }
        }
        Close(default);
        return days;

        void Close(DateTime next)
        {
            days.Add(new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), breaks, sat / 60.0, seconds));
            (date, breaks, sat, seconds) = (next, 0, 0, 0);
        }
    }
}

using InfluxDB.Client.Core.Exceptions;
using NodaTime;
using SitSense.Service.Options;

namespace SitSense.Service.Storage.Influx;

/// <summary>Removes a wearer from InfluxDB, where it can delete (2.x can; 1.x and 3 cannot).</summary>
public static class InfluxEraser
{
    /// <summary>Deletes everything with the wearer's tag, and the health of their devices while they had them.</summary>
    /// <returns>Null when it is gone; else one line that says what InfluxDB keeps and how to remove it.</returns>
    public static async Task<string?> EraseAsync(InfluxOptions options, Erased erased, CancellationToken cancel)
    {
        if (options.Url is null)
            return null;
        using var client = InfluxClient.Open(options);
        var api = client.GetDeleteApi();
        try
        {
            await api.Delete(DateTime.UnixEpoch, Farthest, $"wearer=\"{erased.Wearer}\"", options.Bucket, InfluxClient.Org(options), cancel);
            foreach (var had in erased.Had)
                await api.Delete(had.From?.ToDateTimeUtc() ?? DateTime.UnixEpoch, had.To?.ToDateTimeUtc() ?? Farthest,
                    $"_measurement=\"device\" AND device=\"{had.Device}\"", options.Bucket, InfluxClient.Org(options), cancel);
            return null;
        }
        catch (Exception problem) when (problem is HttpException or FormatException && !cancel.IsCancellationRequested)
        {
            return $"InfluxDB at {options.Url} keeps the points of wearer '{erased.Wearer}' in bucket '{options.Bucket}' ({problem.Message.ReplaceLineEndings(" ").Trim()}): "
                + $"delete them there, in InfluxDB 1 with DROP SERIES WHERE \"wearer\"='{erased.Wearer}'.";
        }
    }

    /// <summary>Far enough for anything that a device may say, and within InfluxDB's 64-bit nanoseconds.</summary>
    static DateTime Farthest => Instant.FromUtc(2200, 1, 1, 0, 0).ToDateTimeUtc();
}

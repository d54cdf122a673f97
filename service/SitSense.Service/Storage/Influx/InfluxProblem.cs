using InfluxDB.Client.Core.Exceptions;
using SitSense.Service.Options;

namespace SitSense.Service.Storage.Influx;

/// <summary>What an error of InfluxDB means, and what to do about it.</summary>
static class InfluxProblem
{
    /// <summary>How the versions of InfluxDB name a fault of a line, in contrast to one of the whole request.</summary>
    static readonly string[] FaultsOfALine = ["pars", "partial write", "type conflict", "retention policy"];

    /// <summary>Is it a point that is at fault, so that no repeat helps and the others may go on?</summary>
    public static bool IsOfAPoint(HttpException problem) =>
        problem.Status == 413 || (problem.Status is 400 or 422 && FaultsOfALine.Any(fault => problem.Message.Contains(fault, StringComparison.OrdinalIgnoreCase)));

    /// <summary>After which time the server wants to be asked again, if it said so.</summary>
    public static TimeSpan? Wish(Exception problem) =>
        problem is HttpException { RetryAfter: > 0 and int seconds } ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>One line that says what happened, where, and what to do.</summary>
    public static string Describe(Exception problem, InfluxOptions options) => problem switch
    {
        HttpException { Status: 401 or 403 } => $"InfluxDB at {options.Url} does not let SitSense write ({Text(problem)}): check Influx:Token, and that it may write the bucket '{options.Bucket}'. Nothing is lost meanwhile.",
        HttpException { Status: 404 } => $"InfluxDB at {options.Url} has no bucket '{options.Bucket}' ({Text(problem)}): create it, or check Influx:Bucket and Influx:Org. Nothing is lost meanwhile.",
        HttpException { Status: 0 } => $"InfluxDB at {options.Url} cannot be reached ({Text(problem)}): it is tried again until it is there. Nothing is lost meanwhile.",
        HttpException { Status: 400 or 422 } => $"InfluxDB at {options.Url} does not understand what SitSense writes ({Text(problem)}): check Influx:Url, Influx:Org and Influx:Bucket. Nothing is lost meanwhile.",
        HttpException http => $"InfluxDB at {options.Url} answers with status {http.Status} ({Text(problem)}): it is tried again until it takes the points. Nothing is lost meanwhile.",
        // The client fails in this way when Retry-After is a date.
        FormatException => $"InfluxDB at {options.Url} wants to be left alone for a while: it is tried again until it takes the points. Nothing is lost meanwhile.",
        _ => $"InfluxDB at {options.Url} gets nothing ({Text(problem)}): it is tried again. Nothing is lost meanwhile.",
    };

    static string Text(Exception problem) => problem.Message.ReplaceLineEndings(" ").Trim() is { Length: > 0 } text ? text : problem.GetType().Name;
}

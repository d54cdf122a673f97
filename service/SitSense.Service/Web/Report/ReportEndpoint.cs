using System.Globalization;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;

namespace SitSense.Service.Web.Report;

/// <summary><c>/wearers/{w}/report</c>: the printable page, with from, to, slice and line as the command report has them.</summary>
static class ReportEndpoint
{
    public static void MapReport(this IEndpointRouteBuilder app) =>
        app.MapGet("/wearers/{wearer}/report", async (string wearer, string? from, string? to, string? slice, string? line, IStore store, DayBook book, TimeProvider clock, CancellationToken cancel) =>
        {
            if (SliceChoice.Parse(slice ?? SliceChoice.Day.Name) is not { Span: null } choice)
                throw new BadRequest($"slice: '{slice}' is no slice of dates: day, work, waking, or hours like 'Mon-Fri 13:00-15:00'.");
            return await book.FindAsync(wearer, cancel) is { } known
                ? Results.Text(await ReportPage.WriteAsync(store, book, known.Settings, from is null ? null : Parse.Date("from", from), to is null ? null : Parse.Date("to", to), choice,
                    line is null ? null : Hours(line), Instant.FromDateTimeOffset(clock.GetUtcNow()), cancel), "text/html; charset=utf-8")
                : Results.Problem($"Nobody is known as '{wearer}'.", statusCode: StatusCodes.Status404NotFound, title: "No such wearer");
        }).AddEndpointFilter(BadRequest.Answer).Produces<string>(contentType: "text/html");

    static double Hours(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours <= 24
        ? hours : throw new BadRequest($"line: '{text}' is no number of hours from 0 to 24.");
}

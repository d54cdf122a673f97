using System.ComponentModel;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>Wearers, their days and their timelines.</summary>
static class WearerEndpoints
{
    const int MostDays = 400;

    public static void MapWearers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/wearers", async (IStore store, DayBook days, TimeProvider clock, CancellationToken cancel) =>
            (await store.WearersAsync(cancel)).Select(wearer => WearerJson.Of(wearer, days.ZonesOf(wearer.Settings), Instant.FromDateTimeOffset(clock.GetUtcNow()))));

        api.MapPut("/wearers/{wearer}", async (string wearer, WearerBody body, IStore store, CancellationToken cancel) =>
        {
            await store.SaveWearerAsync(body.Read(wearer), cancel);
            return TypedResults.NoContent();
        });

        api.MapGet("/wearers/{wearer}/days", async (string wearer, string? from, string? to, [Description(SliceChoice.Wanted)] string? slice, DayBook days, CancellationToken cancel) =>
        {
            var choice = Parse.Slice("slice", slice);
            var (first, last) = Dates(from, to, choice);
            return await days.FindAsync(wearer, cancel) is { } known
                ? Results.Json(await days.DaysAsync(known.Settings, first, last, choice, cancel), DayJson.Default.IReadOnlyListDayFigures)
                : Unknown(wearer);
        }).Produces<IReadOnlyList<DayFigures>>();

        api.MapGet("/wearers/{wearer}/hours", async (string wearer, string? from, string? to, [Description(SliceChoice.Wanted)] string? slice, DayBook days, CancellationToken cancel) =>
        {
            var choice = Parse.Slice("slice", slice);
            var (first, last) = Dates(from, to, choice);
            return await days.FindAsync(wearer, cancel) is { } known
                ? Results.Json(await days.ProfilesAsync(known.Settings, first, last, choice, cancel), DayJson.Default.IReadOnlyListDayProfile)
                : Unknown(wearer);
        }).Produces<IReadOnlyList<DayProfile>>();

        api.MapGet("/wearers/{wearer}/summary", async (string wearer, string? from, string? to, [Description("week or period")] string? by, [Description(SliceChoice.Wanted)] string? slice, DayBook days, CancellationToken cancel) =>
        {
            var choice = Parse.Slice("slice", slice);
            var (first, last) = Dates(from, to, SliceChoice.Day);
            if (by is not ("week" or "period"))
                throw new BadRequest($"by: '{by}' is neither week nor period.");
            if (choice.Span is not null)
                throw new BadRequest("slice: a span of time is no slice of each day.");
            return await days.FindAsync(wearer, cancel) is { } known
                ? Results.Json(await days.SummariesAsync(known.Settings, first, last, choice, by == "week", cancel), DayJson.Default.IReadOnlyListPeriodSummary)
                : Unknown(wearer);
        }).Produces<IReadOnlyList<PeriodSummary>>();

        // Either from and to, or a local date of the wearer's.
        api.MapGet("/wearers/{wearer}/timeline", async (string wearer, string? from, string? to, string? date, DayBook days, CancellationToken cancel) =>
        {
            if (await days.FindAsync(wearer, cancel) is not { } known)
                return Unknown(wearer);
            var window = date is null ? Span(from, to) : days.ZonesOf(known.Settings).DaySpan(Parse.Date("date", date));
            return Results.Ok((await days.TimelineAsync(wearer, window, cancel)).Select(StretchJson.Of));
        }).Produces<IEnumerable<StretchJson>>();
    }

    /// <summary>The dates asked for; a span of time needs none.</summary>
    static (LocalDate First, LocalDate Last) Dates(string? from, string? to, SliceChoice choice)
    {
        if (choice.Span is not null)
            return (from is null && to is null) ? default : throw new BadRequest("from, to: a span of time as slice needs no dates.");
        var (first, last) = (Parse.Date("from", from), Parse.Date("to", to));
        if (first > last)
            throw new BadRequest($"from: {from} is after to: {to}.");
        return Period.DaysBetween(first, last) < MostDays ? (first, last) : throw new BadRequest($"from, to: at most {MostDays} days at once.");
    }

    static Interval Span(string? from, string? to)
    {
        var (start, end) = (Parse.Time("from", from), Parse.Time("to", to));
        if (start >= end)
            throw new BadRequest($"from: {from} is not before to: {to}.");
        return end - start <= Duration.FromDays(MostDays)
            ? new Interval(start, end)
            : throw new BadRequest($"from, to: at most {MostDays} days at once.");
    }

    static IResult Unknown(string wearer) =>
        Results.Problem($"Nobody is known as '{wearer}'.", statusCode: StatusCodes.Status404NotFound, title: "No such wearer");
}

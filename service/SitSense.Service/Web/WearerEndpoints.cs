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
        api.MapGet("/wearers", async (IStore store, DayBook days, CancellationToken cancel) =>
            (await store.WearersAsync(cancel)).Select(wearer => new WearerJson(wearer.Settings.Wearer, days.ZoneOf(wearer.Settings).Id, wearer.Devices)));

        api.MapPut("/wearers/{wearer}", async (string wearer, WearerBody body, IStore store, CancellationToken cancel) =>
        {
            await store.SaveWearerAsync(body.Read(wearer), cancel);
            return TypedResults.NoContent();
        });

        api.MapGet("/wearers/{wearer}/days", async (string wearer, string? from, string? to, string? slice, DayBook days, CancellationToken cancel) =>
        {
            var (first, last) = (Parse.Date("from", from), Parse.Date("to", to));
            if (first > last)
                throw new BadRequest($"from: {from} is after to: {to}.");
            if (Period.DaysBetween(first, last) >= MostDays)
                throw new BadRequest($"from, to: at most {MostDays} days at once.");
            if ((slice ??= "day") is not ("day" or "work"))
                throw new BadRequest($"slice: '{slice}' is neither day nor work.");
            return await days.FindAsync(wearer, cancel) is { } known
                ? Results.Json(await days.DaysAsync(known.Settings, first, last, slice, cancel), DayJson.Default.IReadOnlyListDayFigures)
                : Unknown(wearer);
        }).Produces<IReadOnlyList<DayFigures>>();

        // Either from and to, or a local date of the wearer's.
        api.MapGet("/wearers/{wearer}/timeline", async (string wearer, string? from, string? to, string? date, DayBook days, CancellationToken cancel) =>
        {
            if (await days.FindAsync(wearer, cancel) is not { } known)
                return Unknown(wearer);
            var window = date is null ? Span(from, to) : Slice.DaySpan(Parse.Date("date", date), days.ZoneOf(known.Settings));
            return Results.Ok((await days.TimelineAsync(wearer, window, cancel)).Select(StretchJson.Of));
        }).Produces<IEnumerable<StretchJson>>();
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

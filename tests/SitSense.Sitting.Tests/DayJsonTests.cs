using System.Text.Json;
using NodaTime;

namespace SitSense.Sitting.Tests;

public class DayJsonTests
{
    const string Names = "wearer,date,zone,slice,daySeconds,knownSeconds,sittingSeconds,uprightSeconds,sedentaryHours,bouts,breaks,rises,"
        + "longestBoutSeconds,meanBoutSeconds,medianBoutSeconds,usualBoutSeconds,boutsOver20,secondsOver20,boutsOver30,secondsOver30,boutsOver60,"
        + "secondsOver60,breaksPerSedentaryHour,alpha,alphaXminSeconds,x05Seconds,w05,gini,satp,hazard,cov,complete,reminders,heeded,"
        + "boutsOver120,secondsOver120,boutsOver240,secondsOver240,firstSitting,lastSitting,heededShare,medianSecondsToRise";

    static readonly DayFigures Full = Told.DayOf(5, 12, 25, 30, 31, 45, 60, 62, 90, 10).Figures;
    static readonly DayFigures Empty = Told.Day(Told.Between(0, 82800)).Figures;

    [Fact]
    public void A_day_has_every_field_of_the_contract_in_its_order()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Full, DayJson.Default.DayFigures));
        Assert.Equal(Names, string.Join(',', json.RootElement.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(Names, string.Join(',', DayJson.Fields(Full).Select(field => field.Name)));
    }

    [Fact]
    public void What_is_not_known_is_written_as_null() =>
        Assert.StartsWith("""{"wearer":"w","date":"2026-11-20","zone":"UTC","slice":"day","daySeconds":82800,"knownSeconds":0,"sittingSeconds":null,""",
            JsonSerializer.Serialize(Empty, DayJson.Default.DayFigures));

    [Fact]
    public void A_day_read_back_is_the_same()
    {
        foreach (var day in (DayFigures[])[Full, Empty])
            Assert.Equal(day, JsonSerializer.Deserialize(JsonSerializer.Serialize(day, DayJson.Default.DayFigures), DayJson.Default.DayFigures));
    }

    [Fact]
    public void Times_are_written_by_the_date_s_own_clock()
    {
        var berlin = SittingDay.Of("w", Slice.Day(new(2026, 11, 20), DateTimeZoneProviders.Tzdb["Europe/Berlin"]), CleanTimeline.From([Told.For(Told.Sit, 0.5, 60)], Told.TenSeconds), 0.5);
        Assert.Contains("""
            "firstSitting":"2026-11-20T09:00:00.5+01:00","lastSitting":"2026-11-20T09:01:00+01:00"
            """, JsonSerializer.Serialize(berlin.Figures, DayJson.Default.DayFigures));
    }

    [Fact]
    public void A_date_that_is_none_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
            JsonSerializer.Serialize(Empty, DayJson.Default.DayFigures).Replace("2026-11-20", "20.11.2026"), DayJson.Default.DayFigures));
}

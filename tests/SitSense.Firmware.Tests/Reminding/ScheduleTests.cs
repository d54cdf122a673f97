using SitSense.Firmware.Json;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Settings;

namespace SitSense.Firmware.Tests.Reminding;

public class ScheduleTests
{
    [Theory]
    [InlineData("""{"quiet":["22:00","07:00"]}""", "2026-11-20T22:00:00Z", true)]
    [InlineData("""{"quiet":["22:00","07:00"]}""", "2026-11-20T06:59:59Z", true)]
    [InlineData("""{"quiet":["22:00","07:00"]}""", "2026-11-20T07:00:00Z", false)]
    [InlineData("""{"lunch":["12:00","13:00"]}""", "2026-11-20T12:30:00Z", true)]
    [InlineData("""{"lunch":["12:00","13:00"]}""", "2026-11-20T13:00:00Z", false)]
    [InlineData("""{"lunch":["12:00","13:00"],"utcOffsetMinutes":60}""", "2026-11-20T11:30:00Z", true)]
    [InlineData("""{"workDays":"12345"}""", "2026-11-20T23:59:00Z", false)]
    [InlineData("""{"workDays":"12345"}""", "2026-11-21T00:00:00Z", true)]
    [InlineData("""{"workDays":"12345","utcOffsetMinutes":-600}""", "2026-11-21T09:59:00Z", false)]
    [InlineData("""{"workDays":"12345","utcOffsetMinutes":60}""", "2026-11-22T23:00:00Z", false)]
    [InlineData("""{}""", "2026-11-22T03:00:00Z", false)]
    public void The_local_time_tells_whether_reminders_are_wanted(string json, string at, bool free) =>
        Assert.Equal(free, Schedule.IsFree(Wishes.Of(json), DateTimeOffset.Parse(at).ToUnixTimeMilliseconds()));

    [Fact]
    public void While_the_time_is_not_known_reminding_goes_on() =>
        Assert.False(Schedule.IsFree(Wishes.Of("""{"quiet":["00:00","23:59"],"workDays":"1"}"""), -1));
}

using System.Text.Json.Nodes;
using SitSense.Firmware.Posture;
using SitSense.Testing;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Settings and commands from afar, over a real broker.</summary>
public sealed class RemoteTests
{
    const string Root = "sitsense/desk-1/";

    [Fact]
    public async Task A_part_is_taken_what_is_wrong_is_refused_with_its_reason_and_nothing_else_changes()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromSeconds(30));

        var good = Say(twin, listener, "settings", """{"thresholdMinutes":45,"pattern":"long"}""", "settings/reported");
        Assert.Equal((45, "long", 5, null), ((int)good["thresholdMinutes"]!, (string)good["pattern"]!, (int)good["repeatMinutes"]!, good["error"]));
        foreach (var wrong in new[] { """{"pattern":"salsa"}""", """{"thresholdMinutes":14}""", """{"broker":{"host":"elsewhere"}}""", """["thresholdMinutes"]""", "nonsense" })
        {
            var answer = Say(twin, listener, "settings", wrong, "settings/reported");
            Assert.NotEmpty((string)answer["error"]!);
            answer.Remove("error");
            Assert.Equal(good.ToJsonString(), answer.ToJsonString());
        }
    }

    [Fact]
    public async Task Commands_are_answered_and_what_became_of_reminders_is_reported()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromSeconds(30));
        foreach (var command in new[] { """{"do":"snooze","minutes":10}""", """{"do":"identify"}""", """{"do":"pause","minutes":60}""", """{"do":"resume"}""", """{"do":"pause"}""", """{"do":"resume"}""" })
            Assert.True((bool)Say(twin, listener, "command", command, "answer")["ok"]!, command);
        foreach (var wrong in new[] { """{"do":"snooze","minutes":0}""", """{"do":"snooze","minutes":"10"}""", """{"do":"calibrate","step":"lying"}""", """{"do":"dance"}""", "{}", "nonsense" })
        {
            var answer = Say(twin, listener, "command", wrong, "answer");
            Assert.False((bool)answer["ok"]!, wrong);
            Assert.NotEmpty((string)answer["error"]!);
        }
        Assert.Equal(["snoozed", "paused", "paused"], listener.All(Root + "reminder").Select(reminder => (string)reminder["kind"]!));
        twin.Run(TimeSpan.FromMinutes(32));
        Assert.Equal("due", (string)listener.All(Root + "reminder")[^1]["kind"]!);
    }

    [Fact]
    public async Task A_retained_command_is_refused_so_that_a_restart_does_not_restart_for_ever()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        listener.Publish(Root + "command", """{"do":"restart"}""", retain: true);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromMinutes(2));

        var answer = Assert.Single(listener.All(Root + "answer"));
        Assert.Contains("retained", (string)answer["error"]!);
        Assert.Single(listener.All(Root + "heartbeat").Select(beat => (long)beat["boot"]!).Distinct());
    }

    [Fact]
    public async Task How_well_the_wifi_is_received_is_told_once_it_was_looked_at()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.Board.Network.Rssi = -72;
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromMinutes(4));

        var beats = listener.All(Root + "heartbeat");
        Assert.Null(beats[0]["rssi"]);
        Assert.Equal(-72, (int)beats[^1]["rssi"]!);
    }

    static JsonObject Say(TwinDevice twin, Listener listener, string topic, string what, string answers)
    {
        var before = listener.All(Root + answers).Count;
        listener.Publish(Root + topic, what, retain: false);
        for (var i = 0; i < 100; i++)
        {
            twin.Run(TimeSpan.FromSeconds(0.5));
            if (listener.All(Root + answers) is var said && said.Count > before)
                return said[^1];
        }
        throw new TimeoutException("no answer to " + what);
    }

    static Script Sits() => new((TimeSpan.FromSeconds(5), PostureKind.Sitting));
}

using System.Text;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Journal;

namespace SitSense.Firmware.Tests.Settings;

public sealed class SettingsStoreTests : IDisposable
{
    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    SettingsStore Start()
    {
        var store = new SettingsStore(bench.Flash(), bench.Faults);
        store.Load(7);
        return store;
    }

    void Deploy(string json)
    {
        var image = bench.Image();
        image["sitsense.json"] = Encoding.UTF8.GetBytes(json);
        bench.Restore(image);
    }

    [Fact]
    public void The_file_says_who_the_device_is_and_the_rest_has_defaults()
    {
        Deploy("""{"device":"desk-1","sensor":"seat","wifi":{"ssid":"s","password":"p"},"broker":{"host":"h","user":"u"}}""");
        var store = Start();
        Assert.Equal(("desk-1", "s", "p", "h", "u"), (store.Device, store.Place.WifiName, store.Place.WifiPassword, store.Place.Host, store.Place.User));
        Assert.Equal(("seat", 30), (store.Current.Sensor, store.Current.ThresholdMinutes));
        Assert.Null(bench.Faults.Text());
    }

    [Fact]
    public void A_wrong_setting_in_the_file_is_named_and_the_others_hold()
    {
        Deploy("""{"device":"desk-1","thresholdMinutes":500,"repeatMinutes":7,"broker":{"host":""}}""");
        var store = Start();
        Assert.Equal((30, 7, "desk-1"), (store.Current.ThresholdMinutes, store.Current.RepeatMinutes, store.Device));
        Assert.Contains("thresholdMinutes: must be 15 to 120", bench.Faults.Text());
        Assert.Contains("broker: needs a host", store.Report());
    }

    [Fact]
    public void A_file_that_is_no_json_is_named_and_the_device_starts()
    {
        Deploy("""{"device":"desk-1",""");
        var store = Start();
        Assert.Contains(@"I:\sitsense.json: not JSON at character", bench.Faults.Text());
        Assert.StartsWith("sitsense-", store.Device);
    }

    [Fact]
    public void Without_a_name_of_its_own_a_device_keeps_the_random_one()
    {
        var store = new SettingsStore(bench.Flash(), bench.Faults);
        store.Load(1);
        Assert.True(Place.IsId(store.Device));
        var again = new SettingsStore(bench.Flash(), bench.Faults);
        again.Load(2);
        Assert.Equal(store.Device, again.Device);
    }

    [Fact]
    public void A_part_from_afar_is_merged_and_kept_over_a_restart()
    {
        Deploy("""{"device":"desk-1","repeatMinutes":7}""");
        Start().Take("""{"thresholdMinutes":45}""");
        var store = Start();
        store.Take("""{"alerts":false}""");
        store = Start();
        Assert.Equal((45, 7, false), (store.Current.ThresholdMinutes, store.Current.RepeatMinutes, store.Current.Alerts));
    }

    [Fact]
    public void From_afar_the_good_is_taken_the_bad_named_and_the_next_good_answer_names_nothing()
    {
        var store = Start();
        store.Take("""{"thresholdMinutes":45,"repeatMinutes":0,"wifi":{"ssid":"evil"},"broker":{"host":"evil"},"device":"evil"}""");
        Assert.Equal((45, 5), (store.Current.ThresholdMinutes, store.Current.RepeatMinutes));
        Assert.Null(store.Place.WifiName);
        Assert.Contains("repeatMinutes: must be 1 to 60", store.Report());
        Assert.Contains("wifi: only in the file", store.Report());
        store.Take("garbage");
        Assert.Contains("\"error\":\"not JSON at character 1\"", store.Report());
        store.Take("{}");
        Assert.DoesNotContain("error", store.Report());
        Assert.Equal(45, store.Current.ThresholdMinutes);
    }

    [Fact]
    public void What_is_reported_never_says_who_wifi_or_broker()
    {
        Deploy("""{"device":"desk-1","wifi":{"ssid":"attic","password":"secret"},"broker":{"host":"hub","password":"secret"}}""");
        var report = Start().Report();
        foreach (var word in new[] { "desk-1", "attic", "secret", "hub", "wifi", "broker", "pads" })
            Assert.DoesNotContain(word, report);
    }

    [Fact]
    public void A_newly_deployed_file_starts_afresh()
    {
        Deploy("""{"device":"desk-1"}""");
        Start().Take("""{"thresholdMinutes":45}""");
        Deploy("""{"device":"desk-1","thresholdMinutes":20}""");
        Assert.Equal(20, Start().Current.ThresholdMinutes);
    }

    [Fact]
    public void Settings_that_come_again_unchanged_are_not_written_again()
    {
        var store = Start();
        store.Take("""{"thresholdMinutes":45}""");
        var written = bench.Chip.BytesWritten;
        store.Take("""{"thresholdMinutes":45}""");
        Assert.Equal(written, bench.Chip.BytesWritten);
    }

    [Fact]
    public void A_flash_that_refuses_is_named_and_the_settings_hold()
    {
        var store = Start();
        bench.Chip.Capacity = 0;
        store.Take("""{"thresholdMinutes":45}""");
        Assert.Equal(45, store.Current.ThresholdMinutes);
        Assert.Contains("cannot be stored", bench.Faults.Text());
    }
}

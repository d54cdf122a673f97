using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Ingest;

public class MessageReaderTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 8, 0);

    static Message? Read(string topic, string payload, Instant? arrived = null) =>
        new MessageReader("sitsense").Read(topic, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)), arrived ?? Now);

    static string? Refusal(string topic, string payload) => (Read(topic, payload) as RefusedMessage)?.Reason;

    [Fact]
    public void A_change_is_understood()
    {
        var change = Assert.IsType<PostureMessage>(Read("sitsense/desk-1/posture", """{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:59:58.1239+01:00","posture":"sitting","more":{"a":[1,2]}}"""));
        Assert.Equal(new(Now, "desk-1", 3, 17, Now - Duration.FromMilliseconds(1877), Posture.Sitting), change);
    }

    [Theory]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":4200,"posture":"off"}""", 4200)]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":4200,"at":null,"posture":"off"}""", 4200)]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":4200,"at":"2026-11-22T07:59:59Z","posture":"off"}""", 1000)]
    [InlineData("""{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:05:00Z","posture":"off"}""", -300_000)]
    public void A_device_without_a_clock_says_how_old_the_change_is(string payload, int age) =>
        Assert.Equal(Now - Duration.FromMilliseconds(age), Assert.IsType<PostureMessage>(Read("sitsense/d/posture", payload)).At);

    [Fact]
    public void A_heartbeat_tells_the_devices_health_where_it_makes_sense()
    {
        const string full = """{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:00:00Z","posture":"upright","uptimeMs":5,"battery":0.83,"rssi":-61,"heapFree":123456,"journal":2,"firmware":"1.2","sittingMs":4000,"todaySittingMs":3600000,"todayKnownMs":7200000,"lost":0,"faults":"none"}""";
        Assert.Equal(new(Now, "d", 3, 17, Now, Posture.Upright, 0.83, -61, 123456, 2, "1.2"), Assert.IsType<HeartbeatMessage>(Read("sitsense/d/heartbeat", full)));
        const string odd = """{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:00:00Z","posture":"upright","battery":7,"rssi":"x","heapFree":[1],"journal":null,"firmware":{}}""";
        Assert.Equal(new(Now, "d", 3, 17, Now, Posture.Upright, null, null, null, null, null), Assert.IsType<HeartbeatMessage>(Read("sitsense/d/heartbeat", odd)));
    }

    [Fact]
    public void Measures_are_the_numbers_beside_what_every_message_has()
    {
        const string full = """{"v":1,"boot":3,"at":"2026-11-22T08:00:00Z","riseSeconds":1.9,"riseSecondsError":0.3,"rises":12,"time":1,"valid":0,"odd name":1,"word":"x","list":[1],"none":null}""";
        var measures = Assert.IsType<MeasuresMessage>(Read("sitsense/d/measures", full));
        Assert.Equal(("d", 3L, Now), (measures.Device, measures.Boot, measures.At));
        Assert.Equal(new Dictionary<string, double> { ["riseSeconds"] = 1.9, ["riseSecondsError"] = 0.3, ["rises"] = 12 }, measures.Figures);
        Assert.Equal(Now - Duration.FromMilliseconds(50), Assert.IsType<MeasuresMessage>(Read("sitsense/d/measures", """{"v":1,"boot":3,"ageMs":50,"shifts":4}""")).At);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[1]", "JSON")]
    [InlineData("""{"boot":3,"ageMs":1,"shifts":4}""", "v ")]
    [InlineData("""{"v":1,"boot":-1,"ageMs":1,"shifts":4}""", "boot")]
    [InlineData("""{"v":1,"boot":1,"shifts":4}""", "neither")]
    [InlineData("""{"v":1,"boot":1,"at":"2026-11-22T08:06:00Z","shifts":4}""", "ahead")]
    [InlineData("""{"v":1,"boot":1,"ageMs":1,"shifts":"many"}""", "no figure")]
    public void Measures_outside_the_contract_are_refused_with_their_reason(string payload, string reason) =>
        Assert.Contains(reason, Refusal("sitsense/d/measures", payload));

    [Fact]
    public void Reminders_and_status_are_understood()
    {
        Assert.Equal(new ReminderMessage(Now, "d", 3, 18, Now, "due", 1_800_000), Read("sitsense/d/reminder", """{"v":1,"boot":3,"seq":18,"at":"2026-11-22T08:00:00Z","kind":"due","sittingMs":1800000}"""));
        Assert.Equal(new StatusMessage(Now, "d", "asleep"), Read("sitsense/d/status", "asleep"));
        Assert.Null(Read("sitsense/d/status", ""));
        Assert.NotNull(Refusal("sitsense/d/status", "Online"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("x", "JSON")]
    [InlineData("[1]", "JSON")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":1,"posture":"off"}x""", "JSON")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":1,"posture":"off" """, "JSON")]
    [InlineData("""{"boot":3,"seq":17,"ageMs":1,"posture":"off"}""", "v ")]
    [InlineData("""{"v":2,"boot":3,"seq":17,"ageMs":1,"posture":"off"}""", "v ")]
    [InlineData("""{"v":"1","boot":3,"seq":17,"ageMs":1,"posture":"off"}""", "v ")]
    [InlineData("""{"v":1,"boot":-3,"seq":17,"ageMs":1,"posture":"off"}""", "boot")]
    [InlineData("""{"v":1,"boot":3.5,"seq":17,"ageMs":1,"posture":"off"}""", "boot")]
    [InlineData("""{"v":1,"boot":99999999999999999999,"seq":17,"ageMs":1,"posture":"off"}""", "boot")]
    [InlineData("""{"v":1,"boot":3,"seq":"17","ageMs":1,"posture":"off"}""", "seq")]
    [InlineData("""{"v":1,"boot":3,"seq":null,"ageMs":1,"posture":"off"}""", "seq")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":1,"posture":"Sitting"}""", "posture")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":1}""", "posture")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"posture":"off"}""", "neither")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":-1,"posture":"off"}""", "neither")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"ageMs":9223372036854775807,"posture":"off"}""", "2020")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"at":"2019-12-31T23:59:59.999Z","posture":"off"}""", "2020")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:05:00.001Z","posture":"off"}""", "ahead")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"at":"2026-11-22 08:00","ageMs":1,"posture":"off"}""", "RFC 3339")]
    [InlineData("""{"v":1,"boot":3,"seq":17,"at":1795330371861,"posture":"off"}""", "RFC 3339")]
    public void What_is_outside_the_contract_is_refused_with_its_reason(string payload, string reason)
    {
        foreach (var kind in (string[])["posture", "heartbeat"])
            Assert.Contains(reason, Refusal($"sitsense/d/{kind}", payload));
    }

    [Theory]
    [InlineData("sitsense/Desk/posture", true)]
    [InlineData("sitsense//posture", true)]
    [InlineData("sitsense/desk_1/status", true)]
    [InlineData("sitsense/a23456789012345678901234567890123/posture", true)]
    [InlineData("sitsense/a2345678901234567890123456789012/posture", false)]
    public void A_bad_device_id_is_refused(string topic, bool refused) => Assert.Equal(refused, Refusal(topic, topic.EndsWith("status") ? "online"
        : """{"v":1,"boot":3,"seq":17,"ageMs":1,"posture":"off"}""") is not null);

    [Fact]
    public void Over_64_KiB_is_refused_and_not_kept_whole()
    {
        const string payload = """{"v":1,"boot":3,"seq":17,"ageMs":1,"posture":"off","x":" """;
        Assert.IsType<PostureMessage>(Read("sitsense/d/posture", payload + new string('x', 65536 - payload.Length - 2) + "\"}"));
        var refused = Assert.IsType<RefusedMessage>(Read("sitsense/d/posture", payload + new string('x', 65536 - payload.Length - 1) + "\"}"));
        Assert.True(refused.Payload.Length <= 4096);
    }

    [Theory]
    [InlineData("sitsense/d/settings")]
    [InlineData("sitsense/d/settings/reported")]
    [InlineData("sitsense/d/command")]
    [InlineData("sitsense/d/posture/x")]
    [InlineData("sitsense/posture")]
    [InlineData("sitsensex/d/posture")]
    [InlineData("homeassistant/device/sitsense-d/config")]
    public void Other_topics_are_nobodys_business(string topic) => Assert.Null(Read(topic, "x"));

    [Fact]
    public void Whatever_bytes_come_they_are_understood_or_refused()
    {
        var reader = new MessageReader("sitsense");
        const string good = """{"v":1,"boot":3,"seq":17,"at":"2026-11-22T08:00:00Z","posture":"sitting","k":"\ud83d\ude00","n":[{}]}""";
        var damaged = from cut in Gen.Choose(0, good.Length) from length in Gen.Choose(0, 6) from bytes in ArbMap.Default.GeneratorFor<byte>().ArrayOf()
                      select Encoding.UTF8.GetBytes(good[..cut]).Concat(bytes).Concat(Encoding.UTF8.GetBytes(good[Math.Min(good.Length, cut + length)..])).ToArray();
        Prop.ForAll(damaged.ToArbitrary(), bytes =>
            reader.Read("sitsense/d/posture", new ReadOnlySequence<byte>(bytes), Now) switch
            {
                PostureMessage change => change.At >= Instant.FromUtc(2020, 1, 1, 0, 0) && change.At <= Now + Duration.FromMinutes(5),
                RefusedMessage refused => refused.Reason.Length > 0,
                _ => false,
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_time_means_the_same_whatever_its_offset_and_digits()
    {
        var times = from ms in Gen.Choose(0, int.MaxValue) from minutes in Gen.Choose(-23 * 60 - 59, 23 * 60 + 59) from digits in Gen.Choose(0, 9) select (ms, minutes, digits);
        Prop.ForAll(times.ToArbitrary(), one =>
        {
            var at = Instant.FromUnixTimeMilliseconds(1_700_000_000_000 + one.ms * 97L);
            var local = at.Plus(Duration.FromMinutes(one.minutes)).ToDateTimeUtc();
            var fraction = one.digits == 0 ? "" : "." + (local.Millisecond.ToString("000") + "999999")[..one.digits];
            var offset = one.minutes == 0 ? "Z" : $"{(one.minutes < 0 ? '-' : '+')}{Math.Abs(one.minutes) / 60:00}:{Math.Abs(one.minutes) % 60:00}";
            var kept = one.digits switch { 0 => 0, 1 => local.Millisecond / 100 * 100, 2 => local.Millisecond / 10 * 10, _ => local.Millisecond };
            return Rfc3339.Parse(Encoding.UTF8.GetBytes($"{local:yyyy-MM-dd'T'HH:mm:ss}{fraction}{offset}")) == at - Duration.FromMilliseconds(local.Millisecond - kept);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-01-01T00:00:61Z")]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-01-01T00:00:00.Z")]
    [InlineData("2026-01-01T00:00:00+0100")]
    [InlineData("2026-01-01T00:00:00+24:00")]
    [InlineData("2026-01-01T00:00Z")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("２026-01-01T00:00:00Z")]
    public void What_is_no_time_is_none(string text) => Assert.Null(Rfc3339.Parse(Encoding.UTF8.GetBytes(text)));
}

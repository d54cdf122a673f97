using System.Collections;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Json;

namespace SitSense.Firmware.Tests.Json;

public class JsonTests
{
    [Fact]
    public void Values_of_every_kind_are_read()
    {
        var table = JsonReader.Object("\uFEFF {\"a\":[1,-2.5,1e3,true,null,{\"b\":\"\\u00e9\\/\\n\\ud83d\\ude00\"}], \"c\" : {} }\n");
        var list = (ArrayList)table["a"]!;
        Assert.Equal([1L, -2.5, 1000d, true, null], list.ToArray().Take(5));
        Assert.Equal("é/\n😀", ((Hashtable)list[5]!)["b"]);
        Assert.Empty((Hashtable)table["c"]!);
    }

    [Fact]
    public void A_password_that_looks_like_a_date_stays_one() =>
        Assert.Equal("2026-11-22T08:00:00Z", JsonReader.Object("""{"password":"2026-11-22T08:00:00Z"}""")["password"]);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":\"x}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12g4\"}")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}")]
    public void What_is_not_an_object_is_refused_with_a_reason(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => JsonReader.Object(text)).Message);

    [Fact]
    public void Every_cut_of_a_text_is_refused_and_nothing_else_happens()
    {
        const string whole = """{"wifi":{"ssid":"h\u00f6me","password":"a\"b"},"quiet":["22:00","07:00"],"n":-12.5e-1,"t":true}""";
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<FormatException>(() => JsonReader.Object(whole[..length]));
    }

    [Fact]
    public void Any_string_is_written_and_read_back_unchanged() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            text ??= "";
            var json = new JsonWriter().Add("x", text).ToString();
            // UTF-16 halves on their own are no text in any encoding.
            var isText = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
            return (string?)JsonReader.Object(json)["x"] == text
                && (!isText || JsonDocument.Parse(json).RootElement.GetProperty("x").GetString() == text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_time_is_written_as_rfc_3339_in_utc_with_milliseconds() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().Select(p => (p.Item1 * 1000L) + (p.Item2 % 1000)).ToArbitrary(), ms =>
            new JsonWriter().AddTime("at", ms).ToString()
                == $$"""{"at":"{{DateTimeOffset.FromUnixTimeMilliseconds(ms):yyyy-MM-ddTHH:mm:ss.fff}}Z"}""").QuickCheckThrowOnFailure();

    [Fact]
    public void Objects_nest_and_nulls_are_left_out() =>
        Assert.Equal(
            """{"a":{"b":{},"c":1},"d":["x","y"],"e":[],"f":true}""",
            new JsonWriter().Begin("a").Begin("b").End().Add("c", 1).End().Add("d", ["x", "y"]).Add("e", []).Add("n", (string?)null!).Add("f", true).ToString());

    [Theory]
    [InlineData(1.9f, "1.9")]
    [InlineData(-0.056f, "-0.06")]
    [InlineData(-0.004f, "0")]
    [InlineData(0.999f, "1")]
    [InlineData(12.05f, "12.05")]
    [InlineData(7200f, "7200")]
    public void A_number_is_rounded_to_its_decimals(float value, string text) =>
        Assert.Equal($$"""{"x":{{text}}}""", new JsonWriter().Add("x", value, 2).ToString());
}

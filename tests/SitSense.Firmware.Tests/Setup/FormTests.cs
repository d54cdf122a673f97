using System.Collections;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SitSense.Upkeep.Setup;

namespace SitSense.Firmware.Tests.Setup;

public class FormTests
{
    static Hashtable Read(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return Form.Read(bytes, 0, bytes.Length);
    }

    [Fact]
    public void What_a_browser_escapes_is_read_as_it_was_typed() => Prop.ForAll<NonNull<string>>(typed =>
    {
        var text = string.Concat(typed.Get.Where(c => !char.IsSurrogate(c)));
        return (string)Read("a=1&b=" + Uri.EscapeDataString(text).Replace("%20", "+") + "&c=")["b"]! == text;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("p=100%", "100%")]
    [InlineData("p=%zz%4", "%zz%4")]
    [InlineData("p=a=b", "a=b")]
    [InlineData("p=1&p=2", "2")]
    [InlineData("p=%F0%9F%AA%91", "🪑")]
    public void What_is_not_well_escaped_is_taken_as_it_stands(string body, string text) => Assert.Equal(text, Read(body)["p"]);

    [Theory]
    [InlineData("+01:00", 60)]
    [InlineData("1", 60)]
    [InlineData("-3:30", -210)]
    [InlineData("+14:00", 840)]
    [InlineData("-12", -720)]
    [InlineData("+00:00", 0)]
    public void An_offset_is_read_as_people_write_it(string text, int minutes)
    {
        Assert.True(OffsetText.Read(text, out var read));
        Assert.Equal(minutes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("noon")]
    [InlineData("+1:5")]
    [InlineData("+01:60")]
    [InlineData("+14:01")]
    [InlineData("-12:01")]
    [InlineData("1:00:00")]
    [InlineData("123")]
    [InlineData(":30")]
    [InlineData("--1")]
    public void Other_offsets_are_none(string text) => Assert.False(OffsetText.Read(text, out _));

    [Fact]
    public void An_offset_that_is_written_is_read_again()
    {
        for (var minutes = -720; minutes <= 840; minutes++)
            Assert.True(OffsetText.Read(OffsetText.Write(minutes), out var read) && read == minutes);
    }
}

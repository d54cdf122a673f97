using SitSense.Upkeep.Setup;

namespace SitSense.Firmware.Tests.Setup;

public class NameServerTests
{
    const byte Address = 1, Ipv6Address = 28;

    [Fact]
    public void Every_name_is_the_boards()
    {
        var question = DnsQuestion.For("connectivitycheck.gstatic.com", Address);
        var answer = Ask(question)!;
        Assert.Equal([0x12, 0x34, 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0], answer[..12]);
        Assert.Equal(question[12..], answer[12..question.Length]);
        Assert.Equal([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 168, 4, 1], answer[question.Length..]);
    }

    [Fact]
    public void It_has_no_other_address_than_that() =>
        Assert.Equal([0, 1, 0, 0], Ask(DnsQuestion.For("example.org", Ipv6Address))![4..8]);

    [Fact]
    public void An_answer_is_not_answered()
    {
        var answer = DnsQuestion.For("example.org", Address);
        answer[2] |= 0x80;
        Assert.Null(Ask(answer));
    }

    [Fact]
    public void No_message_makes_it_stumble()
    {
        var chance = new Random(7);
        var good = DnsQuestion.For("a.very.long.name.of.some.length.example.org", Address);
        for (var i = 0; i < 20_000; i++)
        {
            var message = good.ToArray();
            message[chance.Next(message.Length)] = (byte)chance.Next(256);
            NameServer.Answer(message, chance.Next(message.Length + 1), new byte[NameServer.MaxBytes]);
        }
    }

    static byte[]? Ask(byte[] question)
    {
        var answer = new byte[NameServer.MaxBytes];
        var length = NameServer.Answer(question, question.Length, answer);
        return length == 0 ? null : answer[..length];
    }
}

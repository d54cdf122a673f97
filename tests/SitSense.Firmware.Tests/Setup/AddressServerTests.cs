using SitSense.Upkeep.Setup;

namespace SitSense.Firmware.Tests.Setup;

/// <summary>RFC 2131 as far as a phone needs it.</summary>
public class AddressServerTests
{
    const byte Discover = 1, Offer = 2, Request = 3, Decline = 4, Agree = 5, Refuse = 6;

    readonly AddressServer server = new();

    [Fact]
    public void Who_asks_is_offered_an_address_and_who_takes_it_has_it()
    {
        var offer = Ask(Message(Discover, phone: 1))!;
        Assert.Equal((Offer, "192.168.4.2"), (Kind(offer), Yours(offer)));
        var taken = Ask(Message(Request, phone: 1, wanted: [192, 168, 4, 2], server: [192, 168, 4, 1]))!;
        Assert.Equal((Agree, "192.168.4.2"), (Kind(taken), Yours(taken)));
        foreach (byte option in new byte[] { 3, 6, 54 })
            Assert.Equal([192, 168, 4, 1], Option(taken, option)!);
        Assert.Equal([255, 255, 255, 0], Option(taken, 1)!);
        Assert.Equal([0, 0, 14, 16], Option(taken, 51)!);
        Assert.Equal([2, 1, 6, 0, 0xCA, 0xFE, 0, 1], taken[..8]);
        Assert.Equal(Message(Discover, phone: 1)[28..44], taken[28..44]);
    }

    [Fact]
    public void Two_phones_have_two_addresses_and_each_has_its_own_again()
    {
        var first = Yours(Ask(Message(Discover, phone: 1))!);
        var second = Yours(Ask(Message(Discover, phone: 2))!);
        Assert.NotEqual(first, second);
        Assert.Equal(first, Yours(Ask(Message(Discover, phone: 1))!));
    }

    [Fact]
    public void Who_wants_an_address_of_another_network_is_refused_and_asks_anew()
    {
        var answer = Ask(Message(Request, phone: 1, wanted: [192, 168, 178, 30]))!;
        Assert.Equal((Refuse, "0.0.0.0"), (Kind(answer), Yours(answer)));
    }

    [Fact]
    public void Who_speaks_to_another_server_or_of_other_things_is_not_answered()
    {
        Assert.Null(Ask(Message(Request, phone: 1, wanted: [192, 168, 4, 2], server: [192, 168, 4, 77])));
        Assert.Null(Ask(Message(Decline, phone: 1)));
        var reply = Message(Discover, phone: 1);
        reply[0] = 2;
        Assert.Null(Ask(reply));
    }

    [Fact]
    public void Any_number_of_phones_is_served_with_the_addresses_there_are()
    {
        for (var phone = 0; phone < 100; phone++)
            Assert.InRange(Ask(Message(Discover, phone))![19], (byte)2, (byte)17);
    }

    [Fact]
    public void No_message_makes_it_stumble()
    {
        var chance = new Random(7);
        var good = Message(Request, phone: 1, wanted: [192, 168, 4, 2], server: [192, 168, 4, 1]);
        for (var i = 0; i < 20_000; i++)
        {
            var message = good.ToArray();
            for (var bites = chance.Next(6); bites >= 0; bites--)
                message[chance.Next(2) == 0 ? chance.Next(message.Length) : 236 + chance.Next(message.Length - 236)] = (byte)chance.Next(256);
            server.Answer(message, chance.Next(message.Length + 1), new byte[AddressServer.AnswerBytes]);
        }
    }

    byte[]? Ask(byte[] message)
    {
        var answer = new byte[AddressServer.AnswerBytes];
        var length = server.Answer(message, message.Length, answer);
        return length == 0 ? null : answer[..length];
    }

    static byte[] Message(byte kind, int phone, byte[]? wanted = null, byte[]? server = null)
    {
        var message = new byte[300];
        new byte[] { 1, 1, 6, 0, 0xCA, 0xFE, 0, 1 }.CopyTo(message, 0);
        new byte[] { 0xAA, 0xBB, 0xCC, 0, 0, (byte)phone }.CopyTo(message, 28);
        new byte[] { 99, 130, 83, 99 }.CopyTo(message, 236);
        byte[] options = [53, 1, kind, .. wanted is null ? [] : (byte[])[50, 4, .. wanted], .. server is null ? [] : (byte[])[54, 4, .. server], 255];
        options.CopyTo(message, 240);
        return message;
    }

    static byte Kind(byte[] answer) => Option(answer, 53)![0];

    static string Yours(byte[] answer) => string.Join('.', answer[16..20]);

    static byte[]? Option(byte[] answer, byte wanted)
    {
        for (var at = 240; answer[at] != 255; at += 2 + answer[at + 1])
            if (answer[at] == wanted)
                return answer[(at + 2)..(at + 2 + answer[at + 1])];
        return null;
    }
}

using NodaTime;

namespace SitSense.Service.Ingest;

/// <summary>Times as RFC 3339 writes them, section 5.6: <c>2026-11-22T08:00:00.000+01:00</c>, to the millisecond; finer digits are cut off.</summary>
static class Rfc3339
{
    /// <summary>Bytes enough for any time with a sensible number of digits.</summary>
    public const int Longest = 64;

    /// <summary>The end of the year 9999 in UTC, seconds since 1970: an offset to the west leads beyond it, and no calendar goes there.</summary>
    const long End = 253_402_300_800;

    /// <summary>The instant that the text names; null when it is no such time.</summary>
    public static Instant? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length < "2026-11-22T08:00:00Z".Length || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) is not ('t' or ' ') || text[13] != ':' || text[16] != ':'
            || Digits(text[..4]) is not (>= 1 and var year) || Digits(text[5..7]) is not (>= 1 and <= 12 and var month)
            || Digits(text[8..10]) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month)
            || Digits(text[11..13]) is not (<= 23 and var hour) || Digits(text[14..16]) is not (<= 59 and var minute)
            || Digits(text[17..19]) is not (<= 60 and var second))       // 60: a leap second, which is the next minute's start
            return null;
        var rest = text[19..];
        var fraction = 0;
        if (rest[0] == '.')
        {
            var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (length < 1)
                return null;
            for (var i = 1; i <= 3; i++)
                fraction = fraction * 10 + (i <= length ? rest[i] - '0' : 0);
            rest = rest[(length + 1)..];
        }
        if (Offset(rest) is not { } offset)
            return null;
        var days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        var seconds = ((days * 24L + hour) * 60 + minute - offset) * 60 + second;
        return seconds < End ? Instant.FromUnixTimeMilliseconds(seconds * 1000 + fraction) : null;
    }

    /// <summary>Minutes east of Greenwich.</summary>
    static int? Offset(ReadOnlySpan<byte> text) =>
        text.Length == 1 && (text[0] | 0x20) == 'z' ? 0
        : text.Length == 6 && text[0] is (byte)'+' or (byte)'-' && text[3] == ':' && Digits(text[1..3]) is <= 23 and var hours && Digits(text[4..]) is <= 59 and var minutes
            ? (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes)
        : null;

    static int? Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return null;
            value = value * 10 + digit - '0';
        }
        return value;
    }
}

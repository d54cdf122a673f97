using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;

namespace SitSense.Service.Ingest;

/// <summary>The fields that a device's JSON may carry. What is absent, null or of another kind than it should be is null.</summary>
struct Payload
{
    public long? Version, Boot, Seq, AgeMs, SittingMs, HeapFree;
    public Instant? At;
    public bool HasAt;
    public string? Posture, Kind, Firmware;
    public double? Battery;
    public int? Rssi, Journal;

    /// <summary>The numbers among the other fields, but for those whose name means something else in InfluxDB or in an export; null = none was asked for.</summary>
    public Dictionary<string, double>? Figures;

    /// <summary>So many figures are taken of one message.</summary>
    const int MostFigures = 64;

    static readonly SearchValues<char> FigureLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Reads an object; false when the bytes are no JSON object in UTF-8. Fields that are not known are passed over.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="payload">What they say.</param>
    /// <param name="figures">Whether to take <see cref="Figures"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out Payload payload, bool figures = false)
    {
        payload = default;
        payload.Figures = figures ? [] : null;
        if (!Utf8.IsValid(json))
            return false;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                payload.ReadField(ref reader);
            return !reader.Read();      // throws where anything follows the object
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)       // a string with half a surrogate pair
        {
            return false;
        }
    }

    void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("v"u8)) Version = Integer(ref reader);
        else if (reader.ValueTextEquals("boot"u8)) Boot = Integer(ref reader);
        else if (reader.ValueTextEquals("seq"u8)) Seq = Integer(ref reader);
        else if (reader.ValueTextEquals("at"u8)) ReadAt(ref reader);
        else if (reader.ValueTextEquals("ageMs"u8)) AgeMs = Integer(ref reader);
        else if (reader.ValueTextEquals("posture"u8)) Posture = Text(ref reader);
        else if (reader.ValueTextEquals("kind"u8)) Kind = Text(ref reader);
        else if (reader.ValueTextEquals("sittingMs"u8)) SittingMs = Integer(ref reader);
        else if (reader.ValueTextEquals("battery"u8)) Battery = Next(ref reader, JsonTokenType.Number) && reader.TryGetDouble(out var share) && double.IsFinite(share) ? share : null;
        else if (reader.ValueTextEquals("rssi"u8)) Rssi = Small(ref reader);
        else if (reader.ValueTextEquals("heapFree"u8)) HeapFree = Integer(ref reader);
        else if (reader.ValueTextEquals("journal"u8)) Journal = Small(ref reader);
        else if (reader.ValueTextEquals("firmware"u8)) Firmware = Text(ref reader);
        else if (Figures is not null) ReadFigure(ref reader);
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    void ReadAt(ref Utf8JsonReader reader)
    {
        At = null;
        HasAt = false;
        if (!Next(ref reader, JsonTokenType.String))
        {
            HasAt = reader.TokenType != JsonTokenType.Null;
            return;
        }
        HasAt = true;
        Span<byte> text = stackalloc byte[Rfc3339.Longest];
        if (reader.ValueSpan.Length <= text.Length)
            At = Rfc3339.Parse(text[..reader.CopyString(text)]);
    }

    void ReadFigure(ref Utf8JsonReader reader)
    {
        const int LongestName = 40;
        var name = reader.GetString()!;
        if (Next(ref reader, JsonTokenType.Number) && reader.TryGetDouble(out var value) && double.IsFinite(value)
            && name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAnyExcept(FigureLetters)
            && name is not ("time" or "valid" or "device" or "wearer" or "topic") && Figures!.Count < MostFigures)
            Figures[name] = value;
    }

    static long? Integer(ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.Number) && reader.TryGetInt64(out var value) ? value : null;

    static int? Small(ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.Number) && reader.TryGetInt32(out var value) ? value : null;

    static string? Text(ref Utf8JsonReader reader) => Next(ref reader, JsonTokenType.String) ? reader.GetString() : null;

    /// <summary>Goes to the field's value; one of another kind is passed over.</summary>
    static bool Next(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        reader.Read();
        if (reader.TokenType == wanted)
            return true;
        reader.Skip();
        return false;
    }
}

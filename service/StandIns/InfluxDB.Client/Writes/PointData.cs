using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core;
using NodaTime;

namespace InfluxDB.Client.Writes;

/// <summary>One point of line protocol. Immutable: every call returns another point.</summary>
public class PointData
{
    readonly string _measurement;
    readonly ImmutableSortedDictionary<string, string> _tags;
    readonly ImmutableSortedDictionary<string, object?> _fields;
    readonly long? _time;

    /// <summary>The unit of its time; nanoseconds until a time is set.</summary>
    public readonly WritePrecision Precision;

    PointData(string measurement, ImmutableSortedDictionary<string, string> tags, ImmutableSortedDictionary<string, object?> fields, long? time, WritePrecision precision) =>
        (_measurement, _tags, _fields, _time, Precision) = (measurement, tags, fields, time, precision);

    /// <summary>A point of a measurement.</summary>
    public static PointData Measurement(string measurementName)
    {
        Arguments.CheckNonEmptyString(measurementName, "Measurement name");
        return new(measurementName, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, object?>.Empty, null, WritePrecision.Ns);
    }

    /// <summary>Sets a tag; an empty value removes it.</summary>
    public PointData Tag(string name, string? value) =>
        new(_measurement, string.IsNullOrEmpty(value) ? _tags.Remove(name) : _tags.SetItem(name, value), _fields, _time, Precision);

    /// <summary>Sets a float field; NaN and the infinities are left out of the line.</summary>
    public PointData Field(string name, double value) => Put(name, value);

    /// <summary>Sets an integer field.</summary>
    public PointData Field(string name, long value) => Put(name, value);

    /// <summary>Sets a string field; null is left out of the line.</summary>
    public PointData Field(string name, string? value) => Put(name, value);

    /// <summary>Sets a boolean field.</summary>
    public PointData Field(string name, bool value) => Put(name, value);

    /// <summary>Sets the time, in units of <paramref name="timeUnit"/> since 1970.</summary>
    public PointData Timestamp(long timestamp, WritePrecision timeUnit) => new(_measurement, _tags, _fields, timestamp, timeUnit);

    /// <summary>Sets the time, cut to whole units of <paramref name="timeUnit"/>.</summary>
    public PointData Timestamp(Instant timestamp, WritePrecision timeUnit) => Timestamp(timeUnit switch
    {
        WritePrecision.S => timestamp.ToUnixTimeSeconds(),
        WritePrecision.Ms => timestamp.ToUnixTimeMilliseconds(),
        WritePrecision.Us => timestamp.ToUnixTimeTicks() / 10,
        _ => (long)(timestamp - NodaConstants.UnixEpoch).ToBigIntegerNanoseconds(),
    }, timeUnit);

    /// <summary>Has it a field, be it one that the line leaves out?</summary>
    public bool HasFields() => _fields.Count > 0;

    /// <summary>The line; empty when it would have no field.</summary>
    public string ToLineProtocol()
    {
        var line = Escaped(new StringBuilder(), _measurement, isKey: false);
        foreach (var (name, value) in _tags.Where(tag => tag.Key.Length > 0))
            Escaped(Escaped(line.Append(','), name).Append('='), value);
        var separator = ' ';
        foreach (var (name, value) in _fields.Where(field => Defined(field.Value)))
        {
            Written(Escaped(line.Append(separator), name).Append('='), value!);
            separator = ',';
        }
        if (separator == ' ')
            return "";
        return (_time is { } time ? line.Append(CultureInfo.InvariantCulture, $" {time}") : line).ToString();
    }

    PointData Put(string name, object? value)
    {
        Arguments.CheckNonEmptyString(name, "Field name");
        return new(_measurement, _tags, _fields.SetItem(name, value), _time, Precision);
    }

    static bool Defined(object? value) => value is double number ? double.IsFinite(number) : value is not null;

    static void Written(StringBuilder line, object value)
    {
        switch (value)
        {
            case double number:
                line.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case long number:
                line.Append(CultureInfo.InvariantCulture, $"{number}i");
                break;
            case bool yes:
                line.Append(yes ? "true" : "false");
                break;
            case string text:
                line.Append('"').Append(text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
                break;
        }
    }

    static StringBuilder Escaped(StringBuilder line, string text, bool isKey = true)
    {
        foreach (var c in text)
            _ = c switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                ' ' or ',' => line.Append('\\').Append(c),
                '=' when isKey => line.Append('\\').Append(c),
                _ => line.Append(c),
            };
        return line;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>
/// Reads changes of posture: CSV <c>at,posture[,device,boot,seq]</c>, or JSON Lines, a posture payload a line with <c>device</c>. There the
/// reminders, heartbeats and measures that belong to them may stand as well, as <c>export messages</c> writes them: a reminder has a <c>kind</c>, the
/// others a <c>topic</c>. What has no device is the file's own; what has no seq is numbered as it comes.
/// </summary>
sealed class ImportChanges(ImportFile file, DateTimeZone zone, Instant arrived, ImportComplaints complaints)
{
    static readonly Duration MaxAhead = Duration.FromMinutes(5);

    readonly ImportTime time = new(zone);
    readonly Dictionary<string, (long Seq, Instant At)> counted = [];

    /// <summary>The messages that could be read.</summary>
    /// <exception cref="Failure">It is no such file.</exception>
    public IEnumerable<Message> Read()
    {
        ImportColumns? columns = null;
        var isJson = false;
        var any = false;
        foreach (var (number, text) in file.Lines())
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            isJson |= !any && text.TrimStart().StartsWith('{');
            any = true;
            if (!isJson && columns is null)
            {
                columns = HeaderOf(text);
                continue;
            }
            var (message, problem) = Understand(isJson ? RowOfJson(text) : RowOfCsv(columns!, text));
            if (problem is not null)
                complaints.Add(number, problem);
            if (message is not null)
                yield return message;
        }
        if (!any)
            throw new Failure($"{file.Path} is empty.");
    }

    ImportColumns HeaderOf(string line)
    {
        var columns = ImportColumns.OfHeader(line);
        return columns.Find("at") is not null && columns.Find("posture") is not null ? columns
            : throw new Failure($"{file.Path} holds no changes: it has neither a header with at and posture, nor a JSON object a line.");
    }

    (Message? Message, string? Problem) Understand(Row row)
    {
        if (row.Problem is not null)
            return (null, row.Problem);
        var device = row.Device is null or "" ? file.Device : row.Device;
        if (device.Length > 32 || !device.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            return (null, $"'{device}' is no device id; it is of a-z, 0-9 and -, 1 to 32 of them");
        var (last, lastAt) = counted.GetValueOrDefault(device, (0, Instant.MinValue));
        if (row.At is null || time.Parse(row.At, lastAt) is not { } at)
            return (null, $"'{row.At}' is no time; it is like 2026-11-22T08:00:00.000Z");
        if (at - arrived > MaxAhead)
            return (null, $"{row.At} is yet to come");
        if (row.Boot is < 0 || row.Seq is < 0)
            return (null, "boot and seq are integers from 0 up");
        if (row.Figures is { } figures)
            return figures.Count > 0 ? (new MeasuresMessage(arrived, device, row.Boot ?? 0, at, figures), null) : (null, "there is no figure");
        if (row.IsHeartbeat && row.Seq is null)
            return (null, "a heartbeat needs the seq of the change that it speaks of");
        if (row.Seq is null && at < lastAt)
            return (null, $"{row.At} is before the line above it, and there is no seq to order them by");
        if (row.Kind is not null && row.Kind is not ("due" or "repeat" or "snoozed" or "heeded" or "paused"))
            return (null, $"'{row.Kind}' is no kind of reminder");
        if (row.Kind is null && PostureWord.Read(row.Posture) is null)
            return (null, $"'{row.Posture}' is no posture; it is sitting, upright, object, off or unknown");
        var (boot, seq) = (row.Boot ?? 0, row.Seq ?? last + 1);
        counted[device] = (seq, at);
        return (row.Kind is not null ? new ReminderMessage(arrived, device, boot, seq, at, row.Kind, row.SittingMs)
            : row.IsHeartbeat ? new HeartbeatMessage(arrived, device, boot, seq, at, PostureWord.Read(row.Posture)!.Value, null, null, null, null, null)
            : new PostureMessage(arrived, device, boot, seq, at, PostureWord.Read(row.Posture)!.Value), null);
    }

    static Row RowOfCsv(ImportColumns columns, string line)
    {
        var fields = columns.Fields(line);
        string? Field(string name) => columns.Find(name) is { } index && index < fields.Length ? fields[index].Trim() : null;
        var (boot, seq) = (Number(Field("boot"), out var noBoot), Number(Field("seq"), out var noSeq));
        return new(Field("at"), Field("posture"), Field("device"), boot, seq, null, null, false, null, noBoot || noSeq ? "boot and seq are integers from 0 up" : null);
    }

    static long? Number(string? text, out bool wrong)
    {
        var known = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        wrong = !known && text is not (null or "");
        return known ? number : null;
    }

    static Row RowOfJson(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return Row.Wrong("it is no JSON object");
            var root = json.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
            long? Whole(string name) => root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var value) ? value
                : field.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : -1;
            if (Whole("v") is not (null or 1))
                return Row.Wrong("v is not 1");
            var figures = Text("topic") == "measures" && Payload.TryRead(Encoding.UTF8.GetBytes(line), out var payload, figures: true) ? payload.Figures : null;
            return new(Text("at"), Text("posture"), Text("device"), Whole("boot"), Whole("seq"), Text("kind"), Whole("sittingMs"), Text("topic") == "heartbeat", figures, null);
        }
        catch (JsonException)
        {
            return Row.Wrong("it is no JSON object");
        }
    }

    readonly record struct Row(string? At, string? Posture, string? Device, long? Boot, long? Seq, string? Kind, long? SittingMs, bool IsHeartbeat,
        IReadOnlyDictionary<string, double>? Figures, string? Problem)
    {
        public static Row Wrong(string problem) => new(null, null, null, null, null, null, null, false, null, problem);
    }
}

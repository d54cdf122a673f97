using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;

namespace SitSense.Service.Commands;

/// <summary>Reads a file's messages in order; may be asked again.</summary>
delegate IEnumerable<Message> ImportReader(ImportFile file, DateTimeZone zone, Instant arrived, ImportComplaints complaints);

/// <summary>Takes one file into the store.</summary>
/// <param name="invocation">What there is to work with.</param>
/// <param name="json">Tell the result as JSON.</param>
sealed class Import(Invocation invocation, bool json)
{
    const int AtOnce = 2_000;

    /// <summary>Imports it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wearer">Who had its devices; null = each is its own wearer.</param>
    /// <param name="zone">The zone of its local times; null = the wearer's.</param>
    /// <param name="read">Understands it.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="Failure">There is nothing in it that could be imported; the store is as it was.</exception>
    public async Task<int> RunAsync(string path, string? wearer, DateTimeZone? zone, ImportReader read, CancellationToken stop)
    {
        var file = ImportFile.Open(path, stop);
        var now = Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow());
        var otherwise = invocation.Options.Wearer.Zone;
        var problems = new StringWriter();
        if (!read(file, zone ?? otherwise, now, new(problems, path)).Any())
            throw new Failure(problems.ToString().Split(Environment.NewLine)[0] is { Length: > 0 } first ? $"Nothing could be imported: {first}" : $"{path} holds nothing to import.");

        await using var store = invocation.OpenStore();
        var settings = (await store.WearersAsync(stop)).FirstOrDefault(one => one.Settings.Wearer == wearer)?.Settings;
        var clock = zone ?? (settings?.Zone is { } own ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(own) : null) ?? otherwise;
        var spans = Spans(read(file, clock, now, new(TextWriter.Null, path)), stop);
        var heard = (await store.DevicesAsync(stop)).Select(state => state.Device).ToHashSet();
        if (heard.Contains(file.Device) && spans.TryGetValue(file.Device, out var span))
            await RefuseOtherTimesAsync(store, file, span.First, clock, stop);
        if (wearer is not null)
            await AssignAsync(store, settings ?? new(wearer, null, null, null), zone, spans, heard, stop);

        var complaints = new ImportComplaints(invocation.Error, path);
        var devices = new SortedSet<string>(StringComparer.Ordinal);
        var outcomes = new int[Enum.GetValues<Outcome>().Length];
        foreach (var batch in read(file, clock, now, complaints).Chunk(AtOnce))
        {
            devices.UnionWith(batch.Select(message => DeviceAndTime(message).Device));
            foreach (var outcome in await store.StoreAsync(batch, stop))
                outcomes[(int)outcome]++;
        }
        Tell(new(path, wearer, [.. devices], outcomes[(int)Outcome.Stored], outcomes[(int)Outcome.Duplicate], outcomes[(int)Outcome.Refused], complaints.Count));
        return 0;
    }

    /// <summary>A file that was read by another zone's clock would change nothing, for its numbers are there already, and look as if it had.</summary>
    static async Task RefuseOtherTimesAsync(IStore store, ImportFile file, Instant first, DateTimeZone clock, CancellationToken stop)
    {
        var known = (await store.HistoryAsync(file.Device, new(Instant.FromUnixTimeSeconds(0), Instant.MaxValue), stop)).Records;
        if (known.Count > 0 && known[0].At != first)
            throw new Failure($"{file.Path} is there already as {file.Device}, by the clock of another zone than {clock.Id}. Nothing was changed. To correct the zone, erase whoever has {file.Device} and import again.");
    }

    /// <summary>Gives the devices to the wearer: a new one for ever, one that was heard before for the time of the file.</summary>
    async Task AssignAsync(IStore store, WearerSettings wearer, DateTimeZone? zone, Dictionary<string, (Instant First, Instant Last)> spans, HashSet<string> heard, CancellationToken stop)
    {
        if (wearer.Zone is null && zone is not null)
            await store.SaveWearerAsync(wearer with { Zone = zone.Id }, stop);
        var wearing = new Wearing(await store.AssignmentsAsync(stop));
        foreach (var (device, (first, last)) in spans)
        {
            var (began, ended) = (wearing.WearerOf(device, first), wearing.WearerOf(device, last));
            if (began == wearer.Wearer && ended == wearer.Wearer)
                continue;
            if (heard.Contains(device) && began != device)
                invocation.Error.WriteLine($"{device} was {began}'s, and for the time of the file is now {wearer.Wearer}'s.");
            await store.AssignAsync(heard.Contains(device) ? new(device, wearer.Wearer, first, last + Duration.FromMilliseconds(1)) : new(device, wearer.Wearer, null, null), stop);
        }
    }

    static Dictionary<string, (Instant First, Instant Last)> Spans(IEnumerable<Message> messages, CancellationToken stop)
    {
        var spans = new Dictionary<string, (Instant First, Instant Last)>();
        foreach (var (device, at) in messages.Select(DeviceAndTime))
        {
            stop.ThrowIfCancellationRequested();
            var (first, last) = spans.GetValueOrDefault(device, (at, at));
            spans[device] = (Instant.Min(first, at), Instant.Max(last, at));
        }
        return spans;
    }

    /// <summary>Whose message it is, and the time that it speaks of.</summary>
    public static (string Device, Instant At) DeviceAndTime(Message message) => message switch
    {
        PostureMessage posture => (posture.Device, posture.At),
        ReminderMessage reminder => (reminder.Device, reminder.At),
        HeartbeatMessage beat => (beat.Device, beat.At),
        MeasuresMessage measures => (measures.Device, measures.At),
        _ => throw new InvalidOperationException($"A file holds no {message.GetType().Name}."),
    };

    void Tell(ImportResult result)
    {
        if (json)
            invocation.WriteJson(result);
        else
            invocation.Output.WriteLine($"{result.File}: {result.Stored} stored, {result.Duplicates} there already, {result.Refused} refused, {result.WrongLines} {(result.WrongLines == 1 ? "line" : "lines")} wrong; "
                + $"{(result.Devices.Count == 1 ? result.Devices[0] : $"{result.Devices.Count} devices")}{(result.Wearer is null ? "" : $" of {result.Wearer}")}.");
    }

    sealed record ImportResult(string File, string? Wearer, IReadOnlyList<string> Devices, int Stored, int Duplicates, int Refused, int WrongLines);
}

using System.CommandLine;
using System.Text.Json;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Web;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>Writes out what is stored.</summary>
static class ExportCommand
{
    public static Command Create(Invocation invocation)
    {
        var what = new Argument<string>("what") { Description = "changes: what the command import changes reads; messages: all that the devices said; days: the figures.", DefaultValueFactory = _ => "changes" };
        what.AcceptOnlyFromAmong("changes", "messages", "days");
        var only = new Option<string>("--wearer") { Description = "Only this wearer's." };
        var command = new Command("export", "Writes what is stored to stdout: CSV, or JSON Lines with --json.") { what, only };
        command.SetAction(async (parsed, cancel) =>
        {
            var (wearer, json) = (parsed.GetValue(only), parsed.GetValue(Invocation.Json));
            await using var store = invocation.OpenStore();
            await (parsed.GetValue(what) switch
            {
                "days" => DaysAsync(invocation, store, wearer, json, cancel),
                "messages" => MessagesAsync(invocation, store, wearer, cancel),
                _ => ChangesAsync(invocation, store, wearer, json, cancel),
            });
        });
        return command;
    }

    static async Task ChangesAsync(Invocation invocation, IStore store, string? wearer, bool json, CancellationToken cancel)
    {
        if (!json)
            invocation.Output.WriteLine("at,posture,device,boot,seq");
        await foreach (var message in store.MessagesAsync(wearer, cancel))
            if (message is PostureMessage change)
                await invocation.Output.WriteLineAsync(json ? Payload(change) : $"{Word.Of(change.At)},{Word.Of(change.Posture)},{change.Device},{change.Boot},{change.Seq}");
    }

    static async Task MessagesAsync(Invocation invocation, IStore store, string? wearer, CancellationToken cancel)
    {
        await foreach (var message in store.MessagesAsync(wearer, cancel))
            await invocation.Output.WriteLineAsync(Payload(message));
    }

    /// <summary>The payload that the device sent, with its device and what kind of message it was.</summary>
    static string Payload(Message message) => message switch
    {
        PostureMessage one => Json(new { topic = "posture", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), posture = Word.Of(one.Posture) }),
        ReminderMessage one => Json(new { topic = "reminder", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), kind = one.Kind, sittingMs = one.SittingMs }),
        HeartbeatMessage one => Json(new { topic = "heartbeat", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), posture = Word.Of(one.Posture) }),
        _ => throw new InvalidOperationException($"No payload for {message.GetType().Name}."),
    };

    static async Task DaysAsync(Invocation invocation, IStore store, string? wearer, bool json, CancellationToken cancel)
    {
        await invocation.CatchUpAsync(store, cancel);
        var headed = json;
        foreach (var one in await store.WearersAsync(cancel))
            foreach (var slice in (string[])["day", "work"])
                if (wearer is null || one.Settings.Wearer == wearer)
                    foreach (var day in await store.DaysAsync(one.Settings.Wearer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, slice, cancel))
                    {
                        if (!headed)
                            invocation.Output.WriteLine(ReportOutput.CsvHead(day.Figures));
                        headed = true;
                        await invocation.Output.WriteLineAsync(json ? JsonSerializer.Serialize(day.Figures, DayJson.Default.DayFigures) : ReportOutput.CsvRow(day.Figures));
                    }
    }

    static string Json<T>(T payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);
}

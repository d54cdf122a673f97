using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace SitSense.Service.Commands;

/// <summary>Follows a running worker.</summary>
static class WatchCommand
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("watch", "Shows what a running worker hears, as it happens, until it is stopped.");
        command.SetAction(async (parsed, cancel) =>
        {
            var url = new Uri(invocation.Options.Web.Url, "api/v1/live");
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            try
            {
                using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancel);
                answer.EnsureSuccessStatusCode();
                await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
                await foreach (var one in SseParser.Create(stream).EnumerateAsync(cancel))
                    await invocation.Output.WriteLineAsync(parsed.GetValue(Invocation.Json) ? $$"""{"event":"{{one.EventType}}","data":{{one.Data}}}""" : Line(one.EventType, one.Data));
                throw new Failure($"The worker at {url.Authority} has ended.");
            }
            catch (HttpRequestException problem)
            {
                throw new Failure($"No worker answers at {url.Authority} ({problem.Message}). Start one with the command run, or say where it is with --Web:Url.", problem);
            }
        });
        return command;
    }

    static string Line(string kind, string data)
    {
        using var json = JsonDocument.Parse(data);
        string? Field(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "-";
        return kind switch
        {
            "change" => $"{Field("at")}  {Field("wearer")}  {Field("device")}  {Field("posture")}",
            "device" => $"{Field("lastSeen")}  {Field("wearer")}  {Field("device")}  {(Field("online") == "True" ? "online" : "offline")}, {Field("posture")} since {Field("since")}",
            _ => $"{Field("date")}  {Field("wearer")}  {Field("slice")}  {Field("sedentaryHours")} h sat, {Field("breaks")} breaks",
        };
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Everything that a broker hands on, in its order, as mosquitto_sub hears it.</summary>
sealed class Listener : IDisposable
{
    readonly Process process;
    readonly List<(string Topic, string Payload)> heard = [];
    readonly int port;
    int markers;

    Listener(int port)
    {
        this.port = port;
        process = Process.Start(new ProcessStartInfo(
            Needs.Program("mosquitto_sub", "mosquitto-clients"), ["-h", "127.0.0.1", "-p", port.ToString(), "-q", "1", "-t", "#", "-F", "%t\t%p"])
        { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.Split('\t', 2) is [var topic, var payload])
                lock (heard)
                {
                    heard.Add((topic, payload));
                    Monitor.PulseAll(heard);
                }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Listens, and returns when it is subscribed.</summary>
    public static Listener To(Mosquitto broker)
    {
        var listener = new Listener(broker.Port);
        for (var i = 0; !listener.Has("test/ready"); i++)
        {
            Assert.True(i < 100, "mosquitto_sub does not subscribe");
            listener.Publish("test/ready", "", retain: false);
            listener.WaitFor(() => listener.Has("test/ready"), 100);
        }
        return listener;
    }

    /// <summary>The payloads of a topic so far, as JSON, oldest first.</summary>
    public List<JsonObject> On(string topic)
    {
        lock (heard)
            return heard.Where(message => message.Topic == topic).Select(message => (JsonObject)JsonNode.Parse(message.Payload)!).ToList();
    }

    /// <summary>Everything that the broker took on a topic until now: a last message, sent after all others, has come as well.</summary>
    public List<JsonObject> All(string topic)
    {
        var last = "test/last/" + ++markers;
        Publish(last, "", retain: false);
        WaitFor(() => Has(last), 20_000);
        Assert.True(Has(last), "mosquitto_sub has stopped");
        return On(topic);
    }

    /// <summary>The payloads of a topic, as they are, of everything that the broker took until now.</summary>
    public List<string> Texts(string topic)
    {
        All("test/none");
        lock (heard)
            return heard.Where(message => message.Topic == topic).Select(message => message.Payload).ToList();
    }

    /// <summary>Waits until a text came on a topic.</summary>
    public void AwaitText(string topic, string text)
    {
        WaitFor(Came, 20_000);
        Assert.True(Came(), $"'{text}' did not come on {topic}");

        bool Came()
        {
            lock (heard)
                return heard.Contains((topic, text));
        }
    }

    /// <summary>Forgets what came so far.</summary>
    public void Forget()
    {
        lock (heard)
        {
            heard.Clear();
            heard.TrimExcess();
        }
    }

    public void Publish(string topic, string payload, bool retain)
    {
        var publisher = Process.Start(
            Needs.Program("mosquitto_pub", "mosquitto-clients"),
            ["-h", "127.0.0.1", "-p", port.ToString(), "-q", "1", "-t", topic, "-m", payload, .. retain ? new[] { "-r" } : []]);
        publisher.WaitForExit();
        Assert.Equal(0, publisher.ExitCode);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    bool Has(string topic)
    {
        lock (heard)
            return heard.Any(message => message.Topic == topic);
    }

    void WaitFor(Func<bool> condition, int ms)
    {
        var until = Environment.TickCount64 + ms;
        lock (heard)
            while (!condition() && Environment.TickCount64 < until)
                Monitor.Wait(heard, 50);
    }
}

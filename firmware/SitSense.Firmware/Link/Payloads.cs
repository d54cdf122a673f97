using nanoFramework.Hardware.Esp32;
using SitSense.Firmware.Board;
using SitSense.Firmware.Counting;
using SitSense.Firmware.Energy;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Json;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;

namespace SitSense.Firmware.Link
{
    /// <summary>What the device says, as JSON.</summary>
    public sealed class Payloads
    {
        const int ContractVersion = 1;

        /// <summary>Of what is measured: a hundredth of a second or degree.</summary>
        const int Decimals = 2;

        readonly Clock clock;
        readonly EventJournal journal;
        readonly Today today;
        readonly Faults faults;
        readonly string started;
        readonly int package;
        readonly Battery battery;

        /// <summary>What a device with this journal says.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="journal">The newest posture, and how many events wait.</param>
        /// <param name="today">The count of the day.</param>
        /// <param name="faults">What is wrong.</param>
        /// <param name="started">Why the board was started the last time.</param>
        /// <param name="package">Counter of the package that this program came in; 0 = it was deployed.</param>
        /// <param name="battery">What feeds it; null where that is no battery.</param>
        public Payloads(Clock clock, EventJournal journal, Today today, Faults faults, string started, int package, Battery battery)
        {
            this.clock = clock;
            this.journal = journal;
            this.today = today;
            this.faults = faults;
            this.started = started;
            this.package = package;
            this.battery = battery;
        }

        /// <summary>A change of posture or what happened to a reminder: stamped where the boot's wall time is known, else with its age.</summary>
        public string Event(Record record)
        {
            var json = Head(record.Boot, record.Seq);
            var utc = journal.UtcOf(record.Boot, record.Time);
            if (utc == WallTime.Unknown)
                json.Add("ageMs", clock.Now - record.Time);
            else
                json.AddTime("at", utc);
            if (record.Kind == RecordKind.Posture)
                return json.Add("posture", Word((PostureKind)record.Detail)).ToString();
            return json.Add("kind", Word((ReminderKind)record.Detail)).Add("sittingMs", record.Value).ToString();
        }

        /// <summary>That the newest posture still holds, and how the device is.</summary>
        /// <param name="dbm">How well the Wi-Fi is received; 0 = not known.</param>
        public string Heartbeat(int dbm)
        {
            journal.Newest(out var seq, out var posture);
            var json = Head(journal.Boot, seq);
            if (clock.IsSet)
                json.AddTime("at", WallTime.Of(clock));
            else
                json.Add("ageMs", 0);
            var now = clock.Now;
            today.Read(now, out var bout, out var sitting, out var known);
            json.Add("posture", Word(posture)).Add("sittingMs", bout);
            if (dbm != 0)
                json.Add("rssi", dbm);
            if (battery != null && battery.Volts > 0)
                json.Add("battery", battery.Share, Decimals).Add("batteryVolts", battery.Volts, Decimals);
            if (sitting >= 0)
                json.Add("todaySittingMs", sitting).Add("todayKnownMs", known);
            if (package != 0)
                json.Add("package", package);
            return json
                .Add("uptimeMs", now)
                .Add("heapFree", HeapFree())
                .Add("journal", journal.Pending)
                .Add("lost", journal.Lost)
                .Add("firmware", Release.Version)
                .Add("restart", started)
                .Add("faults", faults.Text())
                .ToString();
        }

        /// <summary>What was measured, each figure beside its error.</summary>
        public string Measures(Figures figures)
        {
            var json = new JsonWriter().Add("v", ContractVersion).Add("boot", journal.Boot);
            if (clock.IsSet)
                json.AddTime("at", WallTime.Of(clock) - (clock.Now - figures.Ms));
            else
                json.Add("ageMs", clock.Now - figures.Ms);
            for (var i = 0; i < figures.Count; i++)
            {
                json.Add(figures.Name(i), figures.Value(i), Decimals);
                if (figures.Error(i) > 0)
                    json.Add(figures.Name(i) + "Error", figures.Error(i), Decimals);
            }
            return json.ToString();
        }

        /// <summary>What came of a command.</summary>
        /// <param name="what">The command.</param>
        /// <param name="error">Why it was not done; null when it was.</param>
        /// <param name="calibration">How calibration stands, where that was asked; else null.</param>
        public static string Answer(string what, string error, string calibration) => new JsonWriter()
            .Add("v", ContractVersion)
            .Add("do", what)
            .Add("ok", error == null)
            .Add("error", error)
            .Add("calibration", calibration)
            .ToString();

        /// <summary>A posture's word in the contract.</summary>
        public static string Word(PostureKind posture)
        {
            switch (posture)
            {
                case PostureKind.Sitting:
                    return "sitting";
                case PostureKind.Upright:
                    return "upright";
                case PostureKind.Object:
                    return "object";
                case PostureKind.Off:
                    return "off";
                default:
                    return "unknown";
            }
        }

        static string Word(ReminderKind kind)
        {
            switch (kind)
            {
                case ReminderKind.Due:
                    return "due";
                case ReminderKind.Repeat:
                    return "repeat";
                case ReminderKind.Snoozed:
                    return "snoozed";
                case ReminderKind.Heeded:
                    return "heeded";
                default:
                    return "paused";
            }
        }

        static JsonWriter Head(uint boot, uint seq) => new JsonWriter().Add("v", ContractVersion).Add("boot", boot).Add("seq", seq);

        static long HeapFree()
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out var free, out _);
            return free;
        }
    }
}

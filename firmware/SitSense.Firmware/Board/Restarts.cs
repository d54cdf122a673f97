using System;
using System.IO;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace SitSense.Firmware.Board
{
    /// <summary>Starts the board anew, with the reason kept on flash, and knows afterwards why it was.</summary>
    public sealed class Restarts
    {
        /// <summary>The <see cref="Reason"/> of a start that ends a deep sleep.</summary>
        public const string DeepSleep = "deep-sleep";

        const string Path = "I:\\restart";

        /// <summary>The kind, and how many restarts by the watchdog followed upon each other.</summary>
        const int Length = 2;

        /// <summary>A restart by the watchdog after a longer life is not one of a row, ms: a day.</summary>
        const long RowMs = 24L * 3600 * 1000;

        const int MostInRow = 255;

        readonly Clock clock;
        readonly Faults faults;
        readonly SafeFile file;
        readonly byte[] note = new byte[Length];

        /// <summary>Reads why this start is, and takes the note off the flash.</summary>
        public Restarts(Clock clock, Flash flash, Faults faults)
        {
            this.clock = clock;
            this.faults = faults;
            file = new SafeFile(flash, Path, Length);
            var kind = RestartKind.None;
            try
            {
                var kept = file.Load();
                if (kept != null && kept.Length == Length)
                {
                    kind = (RestartKind)kept[0];
                    InRow = kept[1];
                }
                if (kind != RestartKind.None)
                    file.Save(note);
            }
            catch (IOException e)
            {
                faults.Report("restart", e.Message);
            }
            Reason = kind == RestartKind.None ? Unannounced() : Word(kind);
        }

        /// <summary>
        /// Why this start is: <c>power-on</c> (also a reset button and a brown-out, which look the same), <c>reset</c> (nobody announced it and the board's
        /// wall time survived it: the interpreter ended itself), <c>deep-sleep</c>, <c>ordered</c>, <c>watchdog: main</c>, <c>watchdog: link</c>,
        /// <c>update</c> or <c>planned</c>.
        /// </summary>
        public string Reason { get; }

        /// <summary>How many restarts by the watchdog have followed upon each other, each within a day.</summary>
        public int InRow { get; }

        /// <summary>Starts the board anew; does not return. A flash that does not take the reason does not stop it.</summary>
        public void Now(RestartKind why)
        {
            try
            {
                var byWatchdog = why == RestartKind.WatchdogMain || why == RestartKind.WatchdogLink;
                note[0] = (byte)why;
                note[1] = (byte)(!byWatchdog ? 0 : clock.Now >= RowMs ? 1 : InRow < MostInRow ? InRow + 1 : MostInRow);
                file.Save(note);
            }
            catch (Exception e)
            {
                faults.Report("restart", e.Message);
            }
            Power.RebootDevice();
        }

        // ESP-IDF keeps the wall time through every reset but that of the power.
        string Unannounced()
        {
            try
            {
                if (Sleep.GetWakeupCause() != Sleep.WakeupCause.Undefined)
                    return DeepSleep;
            }
            catch (Exception)
            {
                // A chip that cannot sleep was not woken.
            }
            return clock.IsSet ? "reset" : "power-on";
        }

        static string Word(RestartKind kind)
        {
            switch (kind)
            {
                case RestartKind.Ordered:
                    return "ordered";
                case RestartKind.WatchdogMain:
                    return "watchdog: main";
                case RestartKind.WatchdogLink:
                    return "watchdog: link";
                case RestartKind.Update:
                    return "update";
                default:
                    return "planned";
            }
        }
    }
}

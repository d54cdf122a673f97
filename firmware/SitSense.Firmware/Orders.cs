using SitSense.Firmware.Board;
using SitSense.Firmware.Counting;
using SitSense.Firmware.Link;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Sensing;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware
{
    /// <summary>What people order the device to do, by a command or by its button, and how it answers them.</summary>
    public sealed class Orders
    {
        /// <summary>How long the light says where the device is, ms.</summary>
        const int ShowMs = 5000;

        /// <summary>What leaving the broker may take before a restart, ms.</summary>
        const int LeaveMs = 5000;

        /// <summary>Without a broker to leave: what the last buzz may take, ms.</summary>
        const int LastBuzzMs = 1000;

        /// <summary>A vibration motor turns on for so long after it was switched off, ms.</summary>
        const int SpinDownMs = 150;

        readonly Panel panel;
        readonly Reminder reminder;
        readonly Learning learning;
        readonly Measuring measuring;
        readonly Today today;
        readonly Faults faults;
        readonly Caretaker caretaker;
        readonly BrokerLink link;
        readonly Restarts restarts;
        long restartAt = long.MaxValue;
        RestartKind restartAs;

        /// <summary>Orders to these.</summary>
        /// <param name="panel">Where the button is, and what answers it.</param>
        /// <param name="reminder">What is put off, paused and resumed.</param>
        /// <param name="learning">What is calibrated.</param>
        /// <param name="measuring">What guides a check.</param>
        /// <param name="today">What is kept before a restart.</param>
        /// <param name="faults">What a self-test tells.</param>
        /// <param name="caretaker">Who lets people set the device up anew.</param>
        /// <param name="link">Where commands come from and answers go; null without a broker.</param>
        /// <param name="restarts">What starts the board anew.</param>
        public Orders(Panel panel, Reminder reminder, Learning learning, Measuring measuring, Today today, Faults faults, Caretaker caretaker,
            BrokerLink link, Restarts restarts)
        {
            this.panel = panel;
            this.reminder = reminder;
            this.learning = learning;
            this.measuring = measuring;
            this.today = today;
            this.faults = faults;
            this.caretaker = caretaker;
            this.link = link;
            this.restarts = restarts;
        }

        /// <summary>Until when the light says where the device is, monotonic ms.</summary>
        public long HereUntil { get; private set; }

        /// <summary>Does what the next command and the button want.</summary>
        /// <param name="settings">The wearer's wishes.</param>
        /// <param name="now">Now, monotonic ms.</param>
        public void Take(DeviceSettings settings, long now)
        {
            var command = (Command)link?.Commands.Take();
            if (command != null)
                Obey(command, settings, now);
            switch (panel.Button.Take(now))
            {
                case Press.Short:
                    Snooze(now);
                    break;
                case Press.Long:
                    if (Calibrate(settings.Sensor == "seat" ? "empty" : "standing", now) != null)
                        panel.Buzzer.Play(Buzzer.Failed, now);
                    break;
                case Press.Reset:
                    var asked = caretaker.Reset();
                    panel.Buzzer.Play(asked ? Buzzer.Well : Buzzer.Failed, now);
                    if (asked)
                        BeginRestart(now);
                    break;
            }
        }

        /// <summary>The device was tapped twice by who sits: that answers a reminder, and is nothing otherwise.</summary>
        /// <param name="at">When, monotonic ms.</param>
        /// <param name="now">Now, monotonic ms.</param>
        public void Tap(long at, long now)
        {
            // What a buzzing motor shakes is no tap.
            if (reminder.IsOwed && at > panel.Buzzer.QuietSince + SpinDownMs)
                Snooze(now);
        }

        /// <summary>Answers an order that took its time.</summary>
        /// <param name="what">The command's word.</param>
        /// <param name="failure">Why it failed, for people; null when it went well.</param>
        /// <param name="now">Now, monotonic ms.</param>
        public void End(string what, string failure, long now)
        {
            panel.Buzzer.Play(failure == null ? Buzzer.Well : Buzzer.Failed, now);
            link?.Answer(what, failure);
        }

        /// <summary>Leaves the broker, and starts the board anew after that; the first reason counts.</summary>
        public void BeginRestart(long now, RestartKind kind = RestartKind.Ordered)
        {
            link?.Leave();
            if (restartAt < long.MaxValue)
                return;
            restartAs = kind;
            restartAt = now + (link == null ? LastBuzzMs : LeaveMs);
        }

        /// <summary>Restarts the board, if that was ordered and the time to leave the broker is over.</summary>
        public void Restart(long now)
        {
            if (now < restartAt)
                return;
            restartAt = long.MaxValue;
            today.Keep(now);
            restarts.Now(restartAs);
        }

        void Snooze(long now)
        {
            panel.Buzzer.Play(Buzzer.Answer, now);
            reminder.Snooze(Reminder.SnoozeMinutes, now);
        }

        void Obey(Command command, DeviceSettings settings, long now)
        {
            var error = Do(command, settings, now);
            // What began is answered when it ends.
            if (error != null || command.Do != "calibrate" && command.Do != "stance")
                link.Answer(command.Do, error, command.Do == "selftest" ? learning.State : null);
        }

        string Do(Command command, DeviceSettings settings, long now)
        {
            switch (command.Do)
            {
                case "snooze":
                    reminder.Snooze(command.Minutes, now);
                    return null;
                case "pause":
                    reminder.Pause(command.Minutes, now);
                    return null;
                case "resume":
                    reminder.Resume(now);
                    return null;
                case "calibrate":
                    return Calibrate(command.Step, now);
                case "identify":
                    HereUntil = now + ShowMs;
                    panel.Buzzer.Play(Buzzer.Here, now);
                    return null;
                case "restart":
                    BeginRestart(now);
                    return null;
                case "revert":
                    var refused = caretaker.Revert();
                    if (refused == null)
                        BeginRestart(now, RestartKind.Update);
                    return refused;
                default:
                    return Test(command, settings, now);
            }
        }

        string Test(Command command, DeviceSettings settings, long now)
        {
            panel.Buzzer.Play(Buzzer.Answer, now);
            return command.Do == "selftest" ? faults.Text()
                : settings.Strength == 0 ? "stance: strength is 0, and buzzes guide it"
                : measuring.Check(command.Side, now);
        }

        string Calibrate(string step, long now)
        {
            var refused = learning.Calibrate(step, now);
            if (refused == null)
                panel.Buzzer.Play(Buzzer.Answer, now);
            return refused;
        }
    }
}

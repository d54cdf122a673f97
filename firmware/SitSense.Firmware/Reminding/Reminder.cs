using SitSense.Firmware.Posture;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Reminding
{
    /// <summary>
    /// Turns postures into reminders. A reminder is due when one unbroken sitting reaches the threshold, and is repeated until it is heeded:
    /// upright for the break's length. A shorter rise ends the sitting but not the reminder, which then waits for one more repeat time. It knows
    /// no hardware and no clock: all times are monotonic ms that the caller gives, never going back.
    /// </summary>
    public sealed class Reminder
    {
        /// <summary>Snooze when nobody says how long, minutes.</summary>
        public const int SnoozeMinutes = 10;

        /// <summary>No reminder so soon after a pause or quiet time, ms: its end is no reason to buzz.</summary>
        public const int GraceMs = 60000;

        /// <summary>After a rise was seen, no reminder until the 10 s rule has decided it or surely has not, ms.</summary>
        public const int DoubtMs = 15000;

        const long Never = long.MaxValue;
        const long MsPerMinute = 60000;

        PostureKind posture;
        long since;
        long sittingMs;
        bool owed;
        bool called;
        bool paused;
        bool free;
        long pausedUntil = Never;
        long nextAt = Never;
        long notBefore;

        /// <summary>A reminder by the wearer's wishes.</summary>
        public Reminder(DeviceSettings settings) => Settings = settings;

        /// <summary>Something happened to a reminder.</summary>
        public event ReminderHandler Happened;

        /// <summary>The wearer's wishes; take effect from the next reminder on.</summary>
        public DeviceSettings Settings { get; private set; }

        /// <summary>Whether a reminder was due and is not heeded yet.</summary>
        public bool IsOwed => owed;

        /// <summary>Whether a reminder is to be seen: from its buzz on, until the wearer rises, puts it off or wants none. For the light, which alone reminds in silence.</summary>
        /// <param name="now">Now, ms.</param>
        public bool IsCalling(long now) => called && !free && now >= notBefore;

        /// <summary>Whether the wearer wants none for now.</summary>
        public bool IsPaused => paused;

        /// <summary>Until when the wearer wants none, ms; 0 = now, <see cref="long.MaxValue"/> = for good.</summary>
        public long PausedUntil => paused ? pausedUntil : 0;

        /// <summary>When <see cref="Tick"/> may next have something to do, ms; may be in the past while something holds it back.</summary>
        public long NextAt
        {
            get
            {
                var next = Never;
                if (posture == PostureKind.Sitting)
                    next = nextAt > notBefore ? nextAt : notBefore;
                else if (owed)
                    next = since + BreakMs;
                return paused && pausedUntil < next ? pausedUntil : next;
            }
        }

        long BreakMs => Settings.BreakSeconds * 1000L;

        bool IsUp => posture == PostureKind.Upright || posture == PostureKind.Object;

        /// <summary>Other wishes; a sitting that goes on is measured by the new threshold.</summary>
        public void Change(DeviceSettings settings)
        {
            Settings = settings;
            if (posture == PostureKind.Sitting && !owed)
                nextAt = since + settings.ThresholdMinutes * MsPerMinute;
        }

        /// <summary>The posture changed.</summary>
        /// <param name="to">What holds now.</param>
        /// <param name="from">Since when, not after <paramref name="now"/>.</param>
        /// <param name="now">Now.</param>
        public void Posture(PostureKind to, long from, long now)
        {
            Settle(from);
            if (posture == PostureKind.Sitting)
                sittingMs = from - since;
            var stillUp = IsUp && (to == PostureKind.Upright || to == PostureKind.Object);
            posture = to;
            called = false;
            if (stillUp)
                return;
            since = from;
            if (to == PostureKind.Sitting)
                nextAt = from + (owed ? Settings.RepeatMinutes : Settings.ThresholdMinutes) * MsPerMinute;
            Settle(now);
        }

        /// <summary>A transition was seen, before the 10 s rule: whoever just rose is not reminded.</summary>
        public void Moved(Transition transition, long now)
        {
            if (transition == Transition.Rise)
                HoldUntil(now + DoubtMs);
        }

        /// <summary>Lets time pass.</summary>
        /// <param name="now">Now.</param>
        /// <param name="utcMs">The wall time, ms since 1970; negative = not known.</param>
        public void Tick(long now, long utcMs)
        {
            if (paused && now >= pausedUntil)
                Resume(now);
            Settle(now);
            free = paused || !Settings.Alerts || Schedule.IsFree(Settings, utcMs);
            if (free)
            {
                if (posture == PostureKind.Sitting && now >= nextAt)
                    HoldUntil(now + GraceMs);
                return;
            }
            if (posture != PostureKind.Sitting || now < nextAt || now < notBefore)
                return;
            var kind = owed ? ReminderKind.Repeat : ReminderKind.Due;
            owed = called = true;
            nextAt = now + Settings.RepeatMinutes * MsPerMinute;
            Happened?.Invoke(kind, now, now - since);
        }

        /// <summary>Puts the next reminder off; as often as one likes, and it comes all the same.</summary>
        /// <param name="minutes">How long from now.</param>
        /// <param name="now">Now.</param>
        public void Snooze(int minutes, long now)
        {
            called = false;
            HoldUntil(now + minutes * MsPerMinute);
            Happened?.Invoke(ReminderKind.Snoozed, now, SittingMs(now));
        }

        /// <summary>No reminders until <see cref="Resume"/>.</summary>
        /// <param name="minutes">Or so long, 0 = for good.</param>
        /// <param name="now">Now.</param>
        public void Pause(int minutes, long now)
        {
            paused = true;
            called = false;
            pausedUntil = minutes > 0 ? now + minutes * MsPerMinute : Never;
            Happened?.Invoke(ReminderKind.Paused, now, SittingMs(now));
        }

        /// <summary>Goes on with a pause that was told before the board slept.</summary>
        /// <param name="until">Its <see cref="PausedUntil"/>.</param>
        public void GoOn(long until)
        {
            paused = until != 0;
            pausedUntil = until;
        }

        /// <summary>Ends a pause: what became due meanwhile comes after a moment's grace, the rest when it would have.</summary>
        public void Resume(long now)
        {
            if (!paused)
                return;
            paused = false;
            HoldUntil(now + GraceMs);
        }

        long SittingMs(long now) => posture == PostureKind.Sitting ? now - since : 0;

        void HoldUntil(long ms)
        {
            if (ms > notBefore)
                notBefore = ms;
        }

        /// <summary>Ends what being away from the seat until <paramref name="ms"/> ends.</summary>
        void Settle(long ms)
        {
            if (posture == PostureKind.Sitting || ms - since < BreakMs)
                return;
            if (owed && IsUp)
            {
                // What was put off is over: the next sitting is a new one.
                notBefore = 0;
                Happened?.Invoke(ReminderKind.Heeded, since + BreakMs, sittingMs);
            }
            owed = false;
        }
    }
}

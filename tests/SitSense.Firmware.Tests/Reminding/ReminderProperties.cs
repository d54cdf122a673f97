using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Settings;

namespace SitSense.Firmware.Tests.Reminding;

/// <summary>What no day of any wearer may break: a reminder is never wrong and never rude.</summary>
public class ReminderProperties
{
    const long Second = 1000, Minute = 60 * Second, Hour = 60 * Minute;

    /// <summary>2026-11-20, a Friday, 08:00 UTC at ms 0.</summary>
    const long Morning = 1795161600000;

    [Fact]
    public void On_no_day_a_reminder_comes_when_it_must_not() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        new LivedDay(seed).Live();
        return true;
    }).QuickCheckThrowOnFailure();

    /// <summary>Ten hours of somebody who sits, rises for a moment or for long, takes the device off, snoozes, pauses, has lunch and quiet hours.</summary>
    sealed class LivedDay
    {
        readonly Random chance;
        readonly DeviceSettings settings;
        readonly Reminder reminder;
        PostureKind posture;
        long now, since, upSince = -1, awaySince, quietUntil, doubtUntil, pausedUntil;
        long sat;
        bool owed;

        public LivedDay(int seed)
        {
            chance = new Random(seed);
            settings = Wishes.Of($$"""
                {"thresholdMinutes":{{chance.Next(15, 61)}},"repeatMinutes":{{chance.Next(1, 11)}},"breakSeconds":{{chance.Next(10, 181)}},"lunch":["11:00","12:00"],"quiet":["17:00","07:00"]}
                """);
            reminder = new Reminder(settings);
            reminder.Happened += (kind, ms, sitting) => Check(kind, ms, sitting);
        }

        public void Live()
        {
            while (now < 10 * Hour)
            {
                Become(chance.Next(10) switch { < 5 => PostureKind.Sitting, < 8 => PostureKind.Upright, 8 => PostureKind.Off, _ => PostureKind.Object });
                var until = now + (long)(Math.Pow(chance.NextDouble(), 3) * 90 * Minute) + 10 * Second;
                for (; now < until; now += Second)
                {
                    Tick();
                    if (chance.Next(2000) == 0)
                        Snooze();
                    if (chance.Next(4000) == 0)
                        Pause();
                }
            }
        }

        void Become(PostureKind to)
        {
            if (to == posture)
                return;
            var from = now;
            if (posture == PostureKind.Sitting)
            {
                reminder.Moved(Transition.Rise, now);
                doubtUntil = now + Reminder.DoubtMs;
                sat = from - since;
            }
            // Decided ten seconds later, as the detectors do.
            for (var i = 0; i < 10; i++, now += Second)
                Tick();
            var isUp = to is PostureKind.Upright or PostureKind.Object;
            if (posture == PostureKind.Sitting || to == PostureKind.Sitting || upSince >= 0 != isUp)
                awaySince = from;
            upSince = isUp ? upSince >= 0 ? upSince : from : -1;
            posture = to;
            since = from;
            reminder.Posture(to, from, now);
        }

        void Tick()
        {
            reminder.Tick(now, Morning + now);
            // Off for the length of a break, as far as anybody knew, ends it without a word; being up for so long is told.
            if (posture == PostureKind.Off && now - awaySince >= settings.BreakSeconds * Second)
                owed = false;
        }

        void Snooze()
        {
            reminder.Snooze(10, now);
            quietUntil = Math.Max(quietUntil, now + 10 * Minute);
        }

        void Pause()
        {
            reminder.Pause(30, now);
            pausedUntil = now + 30 * Minute;
        }

        void Check(ReminderKind kind, long ms, long sitting)
        {
            if (kind == ReminderKind.Heeded)
            {
                Assert.True(owed, "heeded what was not owed");
                Assert.Equal(sat, sitting);
                owed = false;
                quietUntil = 0;
            }
            if (kind is not (ReminderKind.Due or ReminderKind.Repeat))
                return;
            Assert.Equal(PostureKind.Sitting, posture);
            Assert.Equal(ms - since, sitting);
            Assert.True(sitting >= Math.Min(settings.RepeatMinutes, settings.ThresholdMinutes) * Minute, "just after sitting down");
            Assert.True(ms >= doubtUntil, "just after a rise");
            Assert.True(ms >= quietUntil, "in a snooze");
            Assert.True(ms >= pausedUntil, "in a pause");
            var hour = 8 + ms / (double)Hour;
            Assert.False(hour is >= 11 and < 12 or >= 17, "at lunch or in quiet hours");
            Assert.Equal(owed ? ReminderKind.Repeat : ReminderKind.Due, kind);
            if (kind == ReminderKind.Due)
                Assert.True(sitting >= settings.ThresholdMinutes * Minute, "too early");
            owed = true;
        }
    }
}

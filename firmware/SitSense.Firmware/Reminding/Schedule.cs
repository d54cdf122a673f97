using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Reminding
{
    /// <summary>When the wearer wants no reminders: quiet hours, lunch, days off.</summary>
    public static class Schedule
    {
        const long MsPerMinute = 60000;
        const long MinutesPerDay = 24 * 60;

        /// <summary>1970-01-01 was a Thursday: three days after a Monday.</summary>
        const long DaysAfterMonday = 3;

        /// <summary>Whether an instant is one of those; while the time is not known none is, because reminding is the device's job.</summary>
        /// <param name="settings">The wearer's wishes.</param>
        /// <param name="utcMs">Milliseconds since 1970, negative = not known.</param>
        public static bool IsFree(DeviceSettings settings, long utcMs)
        {
            if (utcMs < 0)
                return false;
            var minutes = utcMs / MsPerMinute + settings.UtcOffsetMinutes;
            var minute = (int)(minutes % MinutesPerDay);
            var weekday = (char)('1' + (minutes / MinutesPerDay + DaysAfterMonday) % 7);
            return settings.WorkDays.IndexOf(weekday) < 0 || settings.Quiet.Holds(minute) || settings.Lunch.Holds(minute);
        }
    }
}

using System.Collections;

namespace SitSense.Firmware.Settings
{
    /// <summary>A time of day from one minute to another, over midnight where it ends before it begins; immutable.</summary>
    public sealed class Window
    {
        /// <summary>No time at all.</summary>
        public static readonly Window None = new Window(0, 0);

        readonly int from;
        readonly int to;

        Window(int from, int to)
        {
            this.from = from;
            this.to = to;
        }

        /// <summary>Whether it has any length.</summary>
        public bool IsSet => from != to;

        /// <summary>Whether a minute of the local day (0 to 1439) lies in it; its end does not.</summary>
        public bool Holds(int minute) => from < to ? minute >= from && minute < to : from != to && (minute >= from || minute < to);

        /// <summary>As in the settings: <c>["22:00","07:00"]</c>, or an empty list.</summary>
        public string[] ToTexts() => IsSet ? new string[] { Text(from), Text(to) } : new string[0];

        /// <summary>Reads a list of two times of day; an empty list and null are no window.</summary>
        /// <returns>Null when it is none of these.</returns>
        public static Window Read(object value)
        {
            if (value == null)
                return None;
            if (!(value is ArrayList list))
                return null;
            if (list.Count == 0)
                return None;
            if (list.Count != 2)
                return null;
            var from = Minute(list[0] as string);
            var to = Minute(list[1] as string);
            return from < 0 || to < 0 || from == to ? null : new Window(from, to);
        }

        static int Minute(string text)
        {
            if (text == null || text.Length != 5 || text[2] != ':')
                return -1;
            for (var i = 0; i < 5; i++)
                if (i != 2 && (text[i] < '0' || text[i] > '9'))
                    return -1;
            var hour = (text[0] - '0') * 10 + text[1] - '0';
            var minute = (text[3] - '0') * 10 + text[4] - '0';
            return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
        }

        static string Text(int minute) => (minute / 60).ToString().PadLeft(2, '0') + ":" + (minute % 60).ToString().PadLeft(2, '0');
    }
}

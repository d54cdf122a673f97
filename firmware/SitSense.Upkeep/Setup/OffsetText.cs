namespace SitSense.Upkeep.Setup
{
    /// <summary>An offset from UTC as people write it.</summary>
    public static class OffsetText
    {
        const int LeastMinutes = -12 * 60, MostMinutes = 14 * 60;

        /// <summary>Writes it like <c>+01:00</c>.</summary>
        public static string Write(int minutes)
        {
            var size = minutes < 0 ? -minutes : minutes;
            return (minutes < 0 ? "-" : "+") + (size / 60).ToString().PadLeft(2, '0') + ":" + (size % 60).ToString().PadLeft(2, '0');
        }

        /// <summary>Reads <c>+01:00</c>, <c>1</c>, <c>-3:30</c>; minutes.</summary>
        /// <returns>False when it is no such text, or beyond -12:00 to +14:00.</returns>
        public static bool Read(string text, out int minutes)
        {
            minutes = 0;
            var at = text.Length > 0 && (text[0] == '+' || text[0] == '-') ? 1 : 0;
            var colon = text.IndexOf(':');
            var hoursEnd = colon < 0 ? text.Length : colon;
            if (hoursEnd - at < 1 || hoursEnd - at > 2 || colon >= 0 && text.Length != colon + 3)
                return false;
            var past = 0;
            for (var i = at; i < text.Length; i++)
            {
                if (i == colon)
                    continue;
                if (text[i] < '0' || text[i] > '9')
                    return false;
                if (i < hoursEnd)
                    minutes = minutes * 10 + (text[i] - '0');
                else
                    past = past * 10 + (text[i] - '0');
            }
            minutes = (minutes * 60 + past) * (text[0] == '-' ? -1 : 1);
            return past < 60 && minutes >= LeastMinutes && minutes <= MostMinutes;
        }
    }
}

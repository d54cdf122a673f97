namespace SitSense.Firmware.Board
{
    /// <summary>
    /// How a reminder may buzz, by the names of the setting <c>pattern</c>. No part is shorter than 100 ms: a vibration motor takes about as long to start.
    /// </summary>
    public static class Patterns
    {
        /// <summary>Their names; the first is the default.</summary>
        public static readonly string[] Names = { "double", "single", "long", "heartbeat", "rising" };

        // ms on, off, on..., in the order of the names.
        static readonly int[][] nudges =
        {
            new int[] { 250, 200, 250 },
            new int[] { 400 },
            new int[] { 1200 },
            new int[] { 120, 150, 250, 600, 120, 150, 250 },
            new int[] { 100, 250, 200, 250, 400 }
        };

        static readonly int[][] urges =
        {
            new int[] { 400, 200, 400, 200, 400 },
            new int[] { 400, 800, 400 },
            new int[] { 1200, 600, 1200 },
            new int[] { 120, 150, 250, 600, 120, 150, 250, 600, 120, 150, 250, 600, 120, 150, 250 },
            new int[] { 100, 250, 200, 250, 400, 600, 100, 250, 200, 250, 400 }
        };

        /// <summary>How a reminder that is due buzzes; ms on, off, on...</summary>
        public static int[] Nudge(string name) => nudges[IndexOf(name)];

        /// <summary>How its repetition buzzes, longer.</summary>
        public static int[] Urge(string name) => urges[IndexOf(name)];

        /// <summary>Whether there is one of that name.</summary>
        public static bool Has(string name) => IndexOf(name) >= 0;

        /// <summary>All names, for people.</summary>
        public static string List()
        {
            var text = Names[0];
            for (var i = 1; i < Names.Length; i++)
                text += (i < Names.Length - 1 ? ", " : " or ") + Names[i];
            return text;
        }

        static int IndexOf(string name)
        {
            for (var i = 0; i < Names.Length; i++)
                if (Names[i] == name)
                    return i;
            return -1;
        }
    }
}

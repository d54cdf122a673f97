namespace SitSense.Firmware.Settings
{
    /// <summary>
    /// Takes one setting, if its value is right: each of these returns why it was refused, beginning with its name, or null when it was taken. Whoever
    /// takes several asks for their names one after the other: a switch over so many texts is three times the byte code.
    /// </summary>
    public static class Setting
    {
        /// <summary>Takes a text.</summary>
        /// <param name="name">The setting's name.</param>
        /// <param name="value">A value as JSON gives it.</param>
        /// <param name="isRight">Whether it is one of those it may be.</param>
        /// <param name="may">What it may be, for people.</param>
        /// <param name="setting">Where it goes.</param>
        public static string Text(string name, object value, bool isRight, string may, ref string setting)
        {
            if (!isRight)
                return Refuse(name, may);
            setting = (string)value;
            return null;
        }

        /// <summary>Takes a whole number in a range, ends included.</summary>
        public static string Number(string name, object value, int from, int to, ref int setting)
        {
            if (!DeviceSettings.Whole(value, from, to, out var number))
                return Refuse(name, from.ToString() + " to " + to.ToString());
            setting = number;
            return null;
        }

        /// <summary>Takes yes or no.</summary>
        public static string Flag(string name, object value, ref bool setting)
        {
            if (!(value is bool))
                return Refuse(name, "true or false");
            setting = (bool)value;
            return null;
        }

        /// <summary>Why it was refused.</summary>
        public static string Refuse(string name, string may) => name + ": must be " + may;
    }
}

using System;
using System.Text;

namespace SitSense.Firmware.Json
{
    /// <summary>Writes one JSON object; each call adds a member and returns the writer.</summary>
    public sealed class JsonWriter
    {
        const string Hex = "0123456789abcdef";

        readonly StringBuilder text = new StringBuilder("{");
        bool any;

        /// <summary>Adds a string; passes over a null.</summary>
        public JsonWriter Add(string name, string value)
        {
            if (value == null)
                return this;
            Name(name);
            Quote(value);
            return this;
        }

        /// <summary>Adds a null.</summary>
        public JsonWriter AddNull(string name)
        {
            Name(name);
            text.Append("null");
            return this;
        }

        /// <summary>Adds a whole number.</summary>
        public JsonWriter Add(string name, long value)
        {
            Name(name);
            text.Append(value.ToString());
            return this;
        }

        /// <summary>Adds a number, rounded to so many decimals; the zeros at its end are left out.</summary>
        public JsonWriter Add(string name, float value, int decimals)
        {
            long scale = 1;
            for (var i = 0; i < decimals; i++)
                scale *= 10;
            var scaled = (long)(value * scale + (value < 0 ? -0.5f : 0.5f));
            Name(name);
            if (scaled < 0)
                text.Append('-');
            scaled = scaled < 0 ? -scaled : scaled;
            text.Append((scaled / scale).ToString());
            var rest = scaled % scale;
            if (rest == 0)
                return this;
            text.Append('.');
            for (; rest > 0; rest = rest * 10 % scale)
                text.Append((char)('0' + rest * 10 / scale));
            return this;
        }

        /// <summary>Adds true or false.</summary>
        public JsonWriter Add(string name, bool value)
        {
            Name(name);
            text.Append(value ? "true" : "false");
            return this;
        }

        /// <summary>Adds a list of strings.</summary>
        public JsonWriter Add(string name, string[] values)
        {
            Name(name);
            text.Append('[');
            for (var i = 0; i < values.Length; i++)
            {
                if (i > 0)
                    text.Append(',');
                Quote(values[i]);
            }
            text.Append(']');
            return this;
        }

        /// <summary>Adds a time as RFC 3339 in UTC with milliseconds.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        public JsonWriter AddTime(string name, long utcMs)
        {
            var time = DateTime.UnixEpoch.AddTicks(utcMs * TimeSpan.TicksPerMillisecond);
            Name(name);
            text.Append('"');
            Digits(time.Year, 4, '-');
            Digits(time.Month, 2, '-');
            Digits(time.Day, 2, 'T');
            Digits(time.Hour, 2, ':');
            Digits(time.Minute, 2, ':');
            Digits(time.Second, 2, '.');
            Digits(time.Millisecond, 3, 'Z');
            text.Append('"');
            return this;
        }

        /// <summary>Begins an object within; <see cref="End"/> ends it.</summary>
        public JsonWriter Begin(string name)
        {
            Name(name);
            text.Append('{');
            any = false;
            return this;
        }

        /// <summary>Ends the object begun last.</summary>
        public JsonWriter End()
        {
            text.Append('}');
            any = true;
            return this;
        }

        /// <summary>The whole object.</summary>
        public override string ToString() => text.ToString() + "}";

        void Name(string name)
        {
            if (any)
                text.Append(',');
            any = true;
            Quote(name);
            text.Append(':');
        }

        void Digits(int value, int width, char after)
        {
            text.Append(value.ToString().PadLeft(width, '0'));
            text.Append(after);
        }

        void Quote(string value)
        {
            text.Append('"');
            for (var i = 0; i < value.Length; i++)
            {
                var c = value[i];
                if (c == '"' || c == '\\')
                    text.Append('\\');
                if (c >= ' ')
                    text.Append(c);
                else
                {
                    text.Append("\\u00");
                    text.Append(Hex[c >> 4]);
                    text.Append(Hex[c & 15]);
                }
            }
            text.Append('"');
        }
    }
}

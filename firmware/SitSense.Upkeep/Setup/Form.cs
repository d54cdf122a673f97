using System.Collections;
using System.Text;

namespace SitSense.Upkeep.Setup
{
    /// <summary>The fields of a form as a browser sends them (application/x-www-form-urlencoded).</summary>
    public static class Form
    {
        /// <summary>Reads the fields, and spoils the body: they are unescaped in place. What is not well escaped is taken as it stands.</summary>
        /// <returns>Texts by name; of a name that comes twice the last.</returns>
        public static Hashtable Read(byte[] body, int from, int to)
        {
            var fields = new Hashtable();
            string name = null;
            var start = from;
            var end = from;
            for (var i = from; i <= to; i++)
            {
                var c = i < to ? body[i] : (byte)'&';
                if (c == '=' && name == null)
                {
                    name = Text(body, start, end);
                    end = start = i + 1;
                }
                else if (c == '&')
                {
                    if (name != null)
                        fields[name] = Text(body, start, end);
                    name = null;
                    end = start = i + 1;
                }
                else if (c == '%' && i + 2 < to && Hex(body[i + 1]) >= 0 && Hex(body[i + 2]) >= 0)
                {
                    body[end++] = (byte)(Hex(body[i + 1]) * 16 + Hex(body[i + 2]));
                    i += 2;
                }
                else
                    body[end++] = c == '+' ? (byte)' ' : c;
            }
            return fields;
        }

        static string Text(byte[] bytes, int start, int end) => Encoding.UTF8.GetString(bytes, start, end - start);

        static int Hex(byte c)
        {
            if (c >= '0' && c <= '9')
                return c - '0';
            if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
            return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        }
    }
}

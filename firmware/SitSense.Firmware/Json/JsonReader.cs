using System;
using System.Collections;
using System.Text;

namespace SitSense.Firmware.Json
{
    /// <summary>
    /// Reads JSON (RFC 8259) into Hashtable, ArrayList, string, long, double, bool and null.
    /// Its own, because nanoFramework.Json turns strings that look like a date into one (a password may), refuses escapes such as
    /// <c>\/</c> and <c>\u002B</c>, loses what is outside the basic plane, and cannot say where a text is wrong.
    /// </summary>
    public sealed class JsonReader
    {
        const int MaxDepth = 8;

        /// <summary>Digits that fit a long without a check.</summary>
        const int MaxDigits = 18;

        readonly string text;
        int at;

        JsonReader(string text) => this.text = text;

        /// <summary>Reads an object.</summary>
        /// <param name="text">The whole text; a byte order mark before it is passed over.</param>
        /// <exception cref="FormatException">It is not one JSON object; the message says where.</exception>
        public static Hashtable Object(string text)
        {
            var reader = new JsonReader(text);
            if (text.Length > 0 && text[0] == '\uFEFF')
                reader.at = 1;
            var value = reader.Value(0);
            reader.Blank();
            if (reader.at < text.Length)
                throw reader.Wrong();
            if (!(value is Hashtable table))
                throw new FormatException("no JSON object");
            return table;
        }

        FormatException Wrong() => new FormatException("not JSON at character " + (at + 1).ToString());

        char Peek() => at < text.Length ? text[at] : '\0';

        void Blank()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
                at++;
        }

        bool Took(char c)
        {
            Blank();
            if (Peek() != c)
                return false;
            at++;
            return true;
        }

        void Expect(char c)
        {
            if (!Took(c))
                throw Wrong();
        }

        object Value(int depth)
        {
            if (depth > MaxDepth)
                throw new FormatException("JSON is nested too deep");
            Blank();
            switch (Peek())
            {
                case '{':
                    return Table(depth);
                case '[':
                    return List(depth);
                case '"':
                    return Text();
                case 't':
                    Word("true");
                    return true;
                case 'f':
                    Word("false");
                    return false;
                case 'n':
                    Word("null");
                    return null;
                default:
                    return Number();
            }
        }

        Hashtable Table(int depth)
        {
            var table = new Hashtable();
            at++;
            if (Took('}'))
                return table;
            do
            {
                Blank();
                if (Peek() != '"')
                    throw Wrong();
                var name = Text();
                Expect(':');
                table[name] = Value(depth + 1);
            }
            while (Took(','));
            Expect('}');
            return table;
        }

        ArrayList List(int depth)
        {
            var list = new ArrayList();
            at++;
            if (Took(']'))
                return list;
            do
                list.Add(Value(depth + 1));
            while (Took(','));
            Expect(']');
            return list;
        }

        void Word(string word)
        {
            for (var i = 0; i < word.Length; i++, at++)
                if (Peek() != word[i])
                    throw Wrong();
        }

        string Text()
        {
            var into = new StringBuilder();
            at++;
            while (true)
            {
                if (at >= text.Length || text[at] < ' ')
                    throw Wrong();
                var c = text[at++];
                if (c == '"')
                    return into.ToString();
                into.Append(c == '\\' ? Escaped() : c);
            }
        }

        char Escaped()
        {
            var c = Peek();
            at++;
            switch (c)
            {
                case '"':
                case '\\':
                case '/':
                    return c;
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    var code = 0;
                    for (var i = 0; i < 4; i++, at++)
                        code = code * 16 + HexDigit(Peek());
                    return (char)code;
                default:
                    at--;
                    throw Wrong();
            }
        }

        int HexDigit(char c)
        {
            if (c >= '0' && c <= '9')
                return c - '0';
            if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
            if (c >= 'A' && c <= 'F')
                return c - 'A' + 10;
            throw Wrong();
        }

        object Number()
        {
            var start = at;
            if (Peek() == '-')
                at++;
            var zero = Peek() == '0';
            var digits = Digits();
            if (digits == 0 || zero && digits > 1)
                throw Wrong();
            var whole = true;
            if (Peek() == '.')
            {
                whole = false;
                at++;
                if (Digits() == 0)
                    throw Wrong();
            }
            if (Peek() == 'e' || Peek() == 'E')
            {
                whole = false;
                at++;
                if (Peek() == '+' || Peek() == '-')
                    at++;
                if (Digits() == 0)
                    throw Wrong();
            }
            var number = text.Substring(start, at - start);
            if (whole && digits <= MaxDigits)
                return long.Parse(number);
            return double.TryParse(number, out var real) ? real : throw Wrong();
        }

        int Digits()
        {
            var start = at;
            while (Peek() >= '0' && Peek() <= '9')
                at++;
            return at - start;
        }
    }
}

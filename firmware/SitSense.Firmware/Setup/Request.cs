using System.Collections;
using System.Text;

namespace SitSense.Firmware.Setup
{
    /// <summary>An HTTP request that grows in a buffer until all of it is there.</summary>
    public sealed class Request
    {
        /// <summary>The longest request, bytes: a form with a chain of certificates.</summary>
        const int MostBytes = 10240;

        const int FirstBytes = 2048;
        const string LengthName = "content-length:";

        int head;
        int body;
        int came;

        /// <summary>What came so far.</summary>
        public byte[] Buffer { get; private set; } = new byte[FirstBytes];

        /// <summary>How much of that is in the buffer, bytes.</summary>
        public int Length { get; private set; }

        /// <summary>Whether all of it came.</summary>
        public bool IsWhole => head > 0 ? came >= head + body : IsTooLong;

        /// <summary>Whether it is longer than what is taken. It is heard to its end all the same, or its sender would not hear the answer.</summary>
        public bool IsTooLong { get; private set; }

        /// <summary>The method, such as <c>GET</c>.</summary>
        public string Method { get; private set; }

        /// <summary>The path, with what follows a question mark.</summary>
        public string Path { get; private set; }

        /// <summary>Takes the form that is its body; once, for the buffer goes.</summary>
        public Hashtable TakeForm()
        {
            var form = Form.Read(Buffer, head, head + body);
            Buffer = null;
            return form;
        }

        /// <summary>Says that so many more bytes are in the buffer, and makes room for what is to come.</summary>
        public void Grew(int count)
        {
            came += count;
            if (IsTooLong)
                return;
            Length += count;
            if (head == 0)
                ReadHead();
            var needed = head > 0 ? head + body : Length < Buffer.Length ? Length : Length * 2;
            if (needed > MostBytes)
                Refuse();
            else if (needed > Buffer.Length)
                Enlarge(needed);
        }

        // What comes from now on is written over.
        void Refuse()
        {
            IsTooLong = true;
            Length = 0;
        }

        void Enlarge(int length)
        {
            var larger = new byte[length];
            for (var i = 0; i < Length; i++)
                larger[i] = Buffer[i];
            Buffer = larger;
        }

        void ReadHead()
        {
            var end = 3;
            while (end < Length && !(Buffer[end] == '\n' && Buffer[end - 1] == '\r' && Buffer[end - 2] == '\n'))
                end++;
            if (end >= Length)
                return;
            head = end + 1;
            var lines = Encoding.UTF8.GetString(Buffer, 0, head).Split(new char[] { '\n' });
            var words = lines[0].Split(new char[] { ' ' });
            Method = words[0];
            Path = words.Length > 1 ? words[1] : "";
            for (var i = 1; i < lines.Length; i++)
            {
                var line = lines[i].ToLower();
                if (line.StartsWith(LengthName) && !(int.TryParse(line.Substring(LengthName.Length).Trim(), out body) && body >= 0))
                {
                    body = 0;
                    Refuse();
                }
            }
        }
    }
}

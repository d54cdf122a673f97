using System.Collections;
using System.Text;

namespace SitSense.Upkeep.Setup
{
    /// <summary>An HTTP request that grows in a buffer until all of it is there.</summary>
    public sealed class Request
    {
        /// <summary>The longest request, bytes: a form with a chain of certificates.</summary>
        const int MostBytes = 10240;

        /// <summary>What is longer is heard to its end up to so much, bytes, or its sender would not hear the answer.</summary>
        const int MostHeard = 65536;

        const int FirstBytes = 2048;
        const string TooLong = "413 Content Too Large", Bad = "400 Bad Request", Foreign = "403 Forbidden";

        int head;
        int body;
        int came;
        bool hasLength;
        string origin;
        string host = "";

        /// <summary>What came so far.</summary>
        public byte[] Buffer { get; private set; } = new byte[FirstBytes];

        /// <summary>How much of that is in the buffer, bytes.</summary>
        public int Length { get; private set; }

        /// <summary>Whether all of it came.</summary>
        public bool IsWhole => head > 0 ? came >= head + body : Refusal != null;

        /// <summary>The status that it is refused with; null when it is taken.</summary>
        public string Refusal { get; private set; }

        /// <summary>
        /// Whether it is for an address, not for one of the names that all lead here: no page of a stranger has an address for its origin.
        /// </summary>
        public bool IsForAddress { get; private set; } = true;

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
            if (Refusal != null)
                return;
            Length += count;
            if (head == 0)
                ReadHead();
            if (Refusal != null)
                return;
            var needed = head > 0 ? head + body : Length < Buffer.Length ? Length : Length * 2;
            if (needed > MostBytes)
                Refuse(TooLong);
            else if (needed > Buffer.Length)
                Enlarge(needed);
        }

        // What comes from now on is written over.
        void Refuse(string status)
        {
            Refusal = status;
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
                var colon = lines[i].IndexOf(':');
                if (colon > 0)
                    TakeHeader(lines[i].Substring(0, colon).ToLower(), lines[i].Substring(colon + 1).Trim().ToLower());
            }
            if (Method == "POST" && origin != null && (origin != "http://" + host || !IsForAddress))
                Refuse(Foreign);
            else if (body > MostBytes)
                Refuse(TooLong);
            if (body > MostHeard)
                body = 0;
        }

        void TakeHeader(string name, string value)
        {
            switch (name)
            {
                case "content-length":
                    if (hasLength || !int.TryParse(value, out body) || body < 0)
                    {
                        body = 0;
                        Refuse(Bad);
                    }
                    hasLength = true;
                    break;
                case "transfer-encoding":
                    Refuse(Bad);
                    break;
                case "origin":
                    origin = value;
                    break;
                case "host":
                    host = value;
                    for (var i = 0; i < host.Length; i++)
                        if (host[i] != '.' && host[i] != ':' && (host[i] < '0' || host[i] > '9'))
                            IsForAddress = false;
                    break;
            }
        }
    }
}

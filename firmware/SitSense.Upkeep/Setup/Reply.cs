using System.Net.Sockets;
using System.Text;

namespace SitSense.Upkeep.Setup
{
    /// <summary>An HTTP answer that leaves in pieces, so that a page never is in memory as a whole.</summary>
    sealed class Reply
    {
        const int PieceBytes = 1024;

        readonly Socket socket;
        readonly byte[] piece = new byte[PieceBytes];
        int length;

        /// <summary>An answer through a connection.</summary>
        public Reply(Socket socket) => this.socket = socket;

        /// <summary>Begins with the status, and lines for the head that each end with a line break; the connection's end is the answer's.</summary>
        public Reply Begin(string status, string head) =>
            Add("HTTP/1.1 ").Add(status).Add("\r\nConnection: close\r\nCache-Control: no-store\r\n").Add(head).Add("\r\n");

        /// <summary>Adds text as it stands.</summary>
        public Reply Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < bytes.Length; i++)
            {
                if (length == PieceBytes)
                    End();
                piece[length++] = bytes[i];
            }
            return this;
        }

        /// <summary>Adds text that somebody typed: it stays text in a page.</summary>
        public Reply AddTyped(string text)
        {
            var from = 0;
            for (var i = 0; i < text.Length; i++)
            {
                var safe = Safe(text[i]);
                if (safe == null)
                    continue;
                Add(text.Substring(from, i - from)).Add(safe);
                from = i + 1;
            }
            return Add(from == 0 ? text : text.Substring(from));
        }

        static string Safe(char c)
        {
            switch (c)
            {
                case '&':
                    return "&amp;";
                case '<':
                    return "&lt;";
                case '>':
                    return "&gt;";
                case '"':
                    return "&quot;";
                default:
                    return null;
            }
        }

        /// <summary>Sends what is left.</summary>
        public void End()
        {
            socket.Send(piece, 0, length, SocketFlags.None);
            length = 0;
        }
    }
}

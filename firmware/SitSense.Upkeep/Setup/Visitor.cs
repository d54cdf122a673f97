using System.Net.Sockets;

namespace SitSense.Upkeep.Setup
{
    /// <summary>A connection to the page. Nothing here waits for what a visitor sends; sending to one waits a few seconds at most.</summary>
    sealed class Visitor
    {
        /// <summary>How long one may take to say what is wanted, ms. Browsers also open connections that they never use.</summary>
        const int PatienceMs = 10000;

        const int SendMs = 5000;

        readonly Socket socket;
        readonly long until;

        /// <summary>A visitor from now on.</summary>
        public Visitor(Socket socket, long now)
        {
            this.socket = socket;
            socket.SendTimeout = SendMs;
            until = now + PatienceMs;
        }

        /// <summary>What came so far.</summary>
        public Request Request { get; } = new Request();

        /// <summary>Whether all is said.</summary>
        public bool IsReady => Request.IsWhole;

        /// <summary>An answer to them.</summary>
        public Reply Reply() => new Reply(socket);

        /// <summary>Takes a piece of what came.</summary>
        /// <returns>False when the visitor has gone, or takes too long.</returns>
        /// <exception cref="System.Exception">The connection is broken.</exception>
        public bool Listen(long now)
        {
            if (!IsReady && socket.Poll(0, SelectMode.SelectRead))
            {
                var count = socket.Receive(Request.Buffer, Request.Length, Request.Buffer.Length - Request.Length, SocketFlags.None);
                if (count <= 0)
                    return false;
                Request.Grew(count);
            }
            return IsReady || now < until;
        }

        /// <summary>Ends the connection.</summary>
        public void Leave() => socket.Close();
    }
}

using System;
using System.Net;
using System.Net.Sockets;

namespace SitSense.Upkeep.Setup
{
    /// <summary>Leads who joins the board's Wi-Fi to the page: gives them an address, and the board's own one for every name.</summary>
    public sealed class Guide
    {
        const int MessageBytes = 1024;

        /// <summary>So many messages of a kind are answered, then others have their turn.</summary>
        const int MostAtOnce = 16;

        readonly AddressServer addresses = new AddressServer();
        readonly byte[] message = new byte[MessageBytes];
        readonly byte[] answer = new byte[NameServer.MaxBytes];
        Socket naming, addressing;

        /// <summary>Begins to lead.</summary>
        /// <exception cref="Exception">There is no network yet.</exception>
        public void Open()
        {
            naming = Bound(NameServer.Port);
            addressing = Bound(AddressServer.Port);
            addressing.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
        }

        /// <summary>Answers what was asked.</summary>
        /// <exception cref="Exception">The network is gone.</exception>
        public void Turn()
        {
            Serve(naming);
            Serve(addressing);
        }

        /// <summary>Leads nobody any more.</summary>
        public void Close()
        {
            naming?.Close();
            addressing?.Close();
            naming = addressing = null;
        }

        void Serve(Socket socket)
        {
            for (var i = 0; i < MostAtOnce && socket.Poll(0, SelectMode.SelectRead); i++)
                try
                {
                    Answer(socket);
                }
                catch (Exception)
                {
                    // No room to send, or nobody there any more: who still is asks again.
                }
        }

        void Answer(Socket socket)
        {
            EndPoint to = new IPEndPoint(IPAddress.Any, 0);
            var length = socket.ReceiveFrom(message, ref to);
            if (socket == naming)
                length = NameServer.Answer(message, length, answer);
            else
            {
                length = addresses.Answer(message, length, answer);
                to = new IPEndPoint(IPAddress.Broadcast, AddressServer.ClientPort);
            }
            if (length > 0)
                socket.SendTo(answer, 0, length, SocketFlags.None, to);
        }

        static Socket Bound(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                // To the board's own address: with a Wi-Fi joined as well, what is broadcast would else leave by that one.
                socket.Bind(new IPEndPoint(new IPAddress(AccessPoint.Address), port));
                return socket;
            }
            catch (Exception)
            {
                socket.Close();
                throw;
            }
        }
    }
}

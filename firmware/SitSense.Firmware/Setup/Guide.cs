using System;
using System.Net;
using System.Net.Sockets;

namespace SitSense.Firmware.Setup
{
    /// <summary>Leads who joins the board's Wi-Fi to the page: gives them an address, and the board's own one for every name.</summary>
    public sealed class Guide
    {
        const int MessageBytes = 1024;

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
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            while (naming.Poll(0, SelectMode.SelectRead))
            {
                var length = NameServer.Answer(message, naming.ReceiveFrom(message, ref from), answer);
                if (length > 0)
                    naming.SendTo(answer, 0, length, SocketFlags.None, from);
            }
            while (addressing.Poll(0, SelectMode.SelectRead))
            {
                var length = addresses.Answer(message, addressing.ReceiveFrom(message, ref from), answer);
                if (length > 0)
                    addressing.SendTo(answer, 0, length, SocketFlags.None, new IPEndPoint(IPAddress.Broadcast, AddressServer.ClientPort));
            }
        }

        /// <summary>Leads nobody any more.</summary>
        public void Close()
        {
            naming?.Close();
            addressing?.Close();
            naming = addressing = null;
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

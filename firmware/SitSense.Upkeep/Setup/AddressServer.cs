namespace SitSense.Upkeep.Setup
{
    /// <summary>
    /// Gives those who join the board's Wi-Fi an address (DHCP, RFC 2131): the interpreter's access point has no server of its own. Not
    /// nanoFramework's Iot.Device.DhcpServer, because that one waits without an end, and gives two phones that have not been there before the
    /// same address.
    /// </summary>
    public sealed class AddressServer
    {
        /// <summary>The server's port of DHCP.</summary>
        public const int Port = 67;

        /// <summary>The client's.</summary>
        public const int ClientPort = 68;

        /// <summary>No answer is longer, bytes; nor shorter, for some still expect the length of BOOTP.</summary>
        public const int AnswerBytes = 300;

        /// <summary>Addresses that are given out, from .2 on; then the oldest again.</summary>
        const int Most = 16;

        /// <summary>How long an address is good, s.</summary>
        const int LeaseSeconds = 3600;

        const int HardwareAt = 28, HardwareBytes = 6, CookieAt = 236, OptionsAt = 240;
        const byte Request = 1, Reply = 2;
        const byte MaskOption = 1, RouterOption = 3, DnsOption = 6, WantedOption = 50, LeaseOption = 51, KindOption = 53, ServerOption = 54, End = 255;
        const byte Discover = 1, Offer = 2, Ask = 3, Agree = 5, Refuse = 6;

        static readonly byte[] Cookie = { 99, 130, 83, 99 };
        static readonly byte[] Mask = { 255, 255, 255, 0 };
        static readonly byte[] Lease = { 0, 0, LeaseSeconds >> 8, LeaseSeconds & 255 };

        readonly byte[] guests = new byte[Most * HardwareBytes];
        int known;

        /// <summary>Writes the answer to a message.</summary>
        /// <param name="message">As it came.</param>
        /// <param name="length">Its length, bytes.</param>
        /// <param name="answer">At least <see cref="AnswerBytes"/>.</param>
        /// <returns>The answer's length, to be broadcast; 0 = there is none.</returns>
        public int Answer(byte[] message, int length, byte[] answer)
        {
            if (length <= OptionsAt || message[0] != Request || message[2] != HardwareBytes || !Same(message, CookieAt, Cookie))
                return 0;
            var kindAt = Find(message, length, KindOption);
            if (kindAt < 0 || message[kindAt] != Discover && message[kindAt] != Ask)
                return 0;
            var last = (byte)(2 + Guest(message));
            var kind = Offer;
            if (message[kindAt] == Ask)
            {
                var serverAt = Find(message, length, ServerOption);
                if (serverAt >= 0 && !Same(message, serverAt, AccessPoint.Address))
                    return 0;
                var wantedAt = Find(message, length, WantedOption);
                kind = IsOurs(message, wantedAt >= 0 ? wantedAt : 12, last) ? Agree : Refuse;
            }
            return Write(message, answer, kind, last);
        }

        static int Write(byte[] message, byte[] answer, byte kind, byte last)
        {
            for (var i = 0; i < OptionsAt; i++)
                answer[i] = i < CookieAt && i >= HardwareAt + 16 ? (byte)0 : message[i];
            answer[0] = Reply;
            for (var i = 12; i < 24; i++)
                answer[i] = 0;
            if (kind != Refuse)
            {
                AccessPoint.Address.CopyTo(answer, 16);
                answer[19] = last;
            }
            var at = OptionsAt;
            answer[at++] = KindOption;
            answer[at++] = 1;
            answer[at++] = kind;
            at = Put(answer, at, ServerOption, AccessPoint.Address);
            if (kind != Refuse)
            {
                at = Put(answer, at, LeaseOption, Lease);
                at = Put(answer, at, MaskOption, Mask);
                at = Put(answer, at, RouterOption, AccessPoint.Address);
                at = Put(answer, at, DnsOption, AccessPoint.Address);
            }
            answer[at++] = End;
            while (at < AnswerBytes)
                answer[at++] = 0;
            return at;
        }

        static int Put(byte[] answer, int at, byte option, byte[] value)
        {
            answer[at] = option;
            answer[at + 1] = (byte)value.Length;
            value.CopyTo(answer, at + 2);
            return at + 2 + value.Length;
        }

        // Who came before has the same address again.
        int Guest(byte[] message)
        {
            for (var guest = 0; guest < known && guest < Most; guest++)
                if (IsAt(guest, message))
                    return guest;
            var fresh = known++ % Most;
            for (var i = 0; i < HardwareBytes; i++)
                guests[fresh * HardwareBytes + i] = message[HardwareAt + i];
            return fresh;
        }

        bool IsAt(int guest, byte[] message)
        {
            for (var i = 0; i < HardwareBytes; i++)
                if (guests[guest * HardwareBytes + i] != message[HardwareAt + i])
                    return false;
            return true;
        }

        static bool IsOurs(byte[] message, int at, byte last)
        {
            for (var i = 0; i < 3; i++)
                if (message[at + i] != AccessPoint.Address[i])
                    return false;
            return message[at + 3] == last;
        }

        // Where an option's value begins; those that are looked for have four bytes at most, which must be there.
        static int Find(byte[] message, int length, byte option)
        {
            for (var at = OptionsAt; at + 2 < length && message[at] != End; at += message[at] == 0 ? 1 : 2 + message[at + 1])
                if (message[at] == option)
                    return at + 2 + (option == KindOption ? 1 : 4) <= length ? at + 2 : -1;
            return -1;
        }

        static bool Same(byte[] message, int at, byte[] value)
        {
            for (var i = 0; i < value.Length; i++)
                if (message[at + i] != value[i])
                    return false;
            return true;
        }
    }
}

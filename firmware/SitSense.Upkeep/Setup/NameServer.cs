namespace SitSense.Upkeep.Setup
{
    /// <summary>Answers every question for a name with the board's own address (RFC 1035), so that a phone's look for the internet finds the page.</summary>
    public static class NameServer
    {
        /// <summary>The port of DNS.</summary>
        public const int Port = 53;

        /// <summary>The longest message without extensions, bytes.</summary>
        public const int MaxBytes = 512;

        const int HeaderBytes = 12;

        /// <summary>A pointer to the question's name, type A, class IN, a minute to live, four bytes of address.</summary>
        static readonly byte[] Found = { 0xC0, HeaderBytes, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4 };

        /// <summary>Writes the answer to a question.</summary>
        /// <param name="question">The message as it came.</param>
        /// <param name="length">Its length, bytes.</param>
        /// <param name="answer">At least <see cref="MaxBytes"/>.</param>
        /// <returns>The answer's length; 0 = it was no question, and nothing is answered.</returns>
        public static int Answer(byte[] question, int length, byte[] answer)
        {
            // A standard query with at least one question, of which the first is answered.
            if (length < HeaderBytes || (question[2] & 0xF8) != 0 || question[4] == 0 && question[5] == 0)
                return 0;
            var end = HeaderBytes;
            while (end < length && question[end] != 0)
                end += 1 + question[end];
            end += 5;
            if (end > length || end + Found.Length + 4 > MaxBytes)
                return 0;
            for (var i = 0; i < end; i++)
                answer[i] = question[i];
            var isAddress = question[end - 4] == 0 && question[end - 3] == 1 && question[end - 1] == 1;
            answer[2] = (byte)(0x84 | question[2] & 1);
            answer[3] = 0x80;
            for (var i = 4; i < HeaderBytes; i++)
                answer[i] = 0;
            answer[5] = 1;
            if (!isAddress)
                return end;
            answer[7] = 1;
            Found.CopyTo(answer, end);
            AccessPoint.Address.CopyTo(answer, end + Found.Length);
            return end + Found.Length + 4;
        }
    }
}

using System;
using System.IO;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep.Setup
{
    /// <summary>What the next start shall know about the set-up page: that somebody asked for it, or that it was open and nobody came.</summary>
    public sealed class Door
    {
        const string Path = "I:\\door";
        const byte AskedMark = (byte)'a';
        const byte ShutMark = (byte)'s';

        readonly Flash flash;

        /// <summary>The door of a device with this flash.</summary>
        public Door(Flash flash)
        {
            this.flash = flash;
            try
            {
                var mark = new byte[1];
                if (flash.Exists(Path) && flash.Read(Path, 0, mark, 1) == 1)
                {
                    IsAsked = mark[0] == AskedMark;
                    IsShut = mark[0] == ShutMark;
                }
            }
            catch (IOException)
            {
                // As if nobody had said anything.
            }
        }

        /// <summary>Whether the page was asked for by the button.</summary>
        public bool IsAsked { get; }

        /// <summary>Whether the page was open for its time at the start before, and nobody used it.</summary>
        public bool IsShut { get; }

        /// <summary>The next starts open the page, until it was filled in or its time is over.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Ask() => Put(AskedMark);

        /// <summary>The next start does not open it.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Shut() => Put(ShutMark);

        /// <summary>Nothing special any more.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Clear()
        {
            if (flash.Exists(Path))
                flash.Delete(Path);
        }

        void Put(byte mark) => flash.Write(Path, new byte[] { mark }, 1);
    }
}

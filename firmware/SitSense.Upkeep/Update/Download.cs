using System;
using System.IO;
using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Firmware.Json;
using SitSense.Firmware.Settings;
using GC = nanoFramework.Runtime.Native.GC;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// Fetches a package: somebody offers its signed header, and the device asks for the program piece by piece, each from where its file ends. So it goes on
    /// where it was after any loss, holds one piece in memory, and writes nothing that nobody signed for. Belongs to the link's thread.
    /// </summary>
    public sealed class Download
    {
        /// <summary>Bytes of a piece, but of the last one: a block of the flash.</summary>
        public const int PieceBytes = 4096;

        /// <summary>Bytes before a piece: the counter and the offset, little-endian.</summary>
        public const int PieceHead = 8;

        /// <summary>Bytes of flash that stay free beside it: the journal may grow to 64 KiB.</summary>
        const int FlashReserve = 64 * 1024;

        /// <summary>Bytes of memory that a program needs beside itself and what the present one has: its tables, 8 KB, and air.</summary>
        const int MemoryReserve = 24 * 1024;

        /// <summary>How often to ask again for a piece, ms.</summary>
        const int AgainMs = 10000;

        /// <summary>How long to ask for a piece that nobody sends, ms.</summary>
        const int PatienceMs = 10 * 60 * 1000;

        const string RoomPath = "I:\\room";

        readonly Clock clock;
        readonly Flash flash;
        readonly Programs programs;
        readonly PublicKey key;
        byte[] piece;
        PackageHeader wanted;
        string path;
        int offset;
        long pieceAt;

        /// <summary>Fetches into the idle slot of these programs.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">Where packages lie.</param>
        /// <param name="programs">What is known of them.</param>
        /// <param name="key">Whose signature counts; null = nobody's.</param>
        public Download(Clock clock, Flash flash, Programs programs, PublicKey key)
        {
            this.clock = clock;
            this.flash = flash;
            this.programs = programs;
            this.key = key;
        }

        /// <summary>When <see cref="Turn"/> next has something to say, monotonic ms.</summary>
        public long NextAt { get; private set; } = long.MaxValue;

        /// <summary>Whether a program is whole and begins with the next start.</summary>
        public bool IsReady { get; private set; }

        /// <summary>Takes the offer of a package, if it may be used here; takes seconds.</summary>
        /// <param name="bytes">Its header.</param>
        /// <returns>Why it may not, for people; null when it is fetched now.</returns>
        public string Offer(byte[] bytes)
        {
            try
            {
                var offered = new PackageHeader(bytes);
                if (wanted != null && wanted.IsSame(offered))
                {
                    NextAt = clock.Now;
                    return null;
                }
                var wrong = Refuse(offered);
                if (wrong != null)
                    return wrong;
                Open(offered);
                wanted = offered;
                pieceAt = clock.Now;
                NextAt = pieceAt;
                return null;
            }
            catch (IOException e)
            {
                return e.Message;
            }
        }

        /// <summary>Takes a piece that came.</summary>
        public void Put(byte[] bytes) => piece = bytes;

        /// <summary>Goes on.</summary>
        /// <param name="failure">Why it has come to an end, for people; else null.</param>
        /// <returns>What to say on the topic <c>update/state</c>; null = nothing now.</returns>
        public string Turn(out string failure)
        {
            failure = null;
            var came = piece;
            piece = null;
            if (wanted == null)
                return null;
            try
            {
                if (came != null && Add(came))
                {
                    pieceAt = clock.Now;
                    NextAt = pieceAt;
                }
                var now = clock.Now;
                if (offset == wanted.Size)
                    return Finish(out failure);
                if (now - pieceAt >= PatienceMs)
                {
                    failure = "nobody sent what was missing; " + offset.ToString() + " of " + wanted.Size.ToString() + " bytes are kept: offer it again";
                    Stop();
                    return null;
                }
                if (now < NextAt)
                    return null;
                NextAt = now + AgainMs;
                return State("wanted").Add("offset", offset).Add("bytes", Missing()).Add("size", wanted.Size).ToString();
            }
            catch (IOException e)
            {
                failure = e.Message;
                Stop();
                return null;
            }
        }

        string Refuse(PackageHeader offered)
        {
            if (key == null)
                return "there is no updateKey in " + SettingsStore.FilePath + ": programs from afar are refused";
            if (!programs.IsLoaded)
                programs.Load();
            if (programs.Trial != 0)
                return "a program is on trial already: wait for what comes of it";
            var wrong = offered.Check();
            if (wrong != null)
                return wrong;
            // Before the signature, which takes long to look at.
            var newest = programs.Newest > Release.Number ? programs.Newest : Release.Number;
            if (offered.Counter <= newest)
                return "counter " + offered.Counter.ToString() + " is not newer than " + newest.ToString() + ", which was tried or runs already";
            if (!offered.IsSignedBy(key))
                return "the signature is not of updateKey in this device's file";
            var room = (int)GC.Run(false) + programs.Size(false) - MemoryReserve;
            return offered.Size <= room ? null
                : "the program needs " + offered.Size.ToString() + " bytes of memory, and " + room.ToString() + " are left for it: deploy it by cable";
        }

        void Open(PackageHeader offered)
        {
            path = Programs.PathOf(programs.IdleSlot);
            offset = Kept(offered);
            if (offset < 0 && flash.Exists(path))
                flash.Delete(path);
            MakeRoom(offset < 0 ? PackageHeader.Length + offered.Size : offered.Size - offset);
            if (offset >= 0)
                return;
            flash.Write(path, offered.Bytes, PackageHeader.Length);
            offset = 0;
        }

        // Bytes of the same program that are there already; -1 = of none.
        int Kept(PackageHeader offered)
        {
            if (!flash.Exists(path))
                return -1;
            var length = flash.Length(path);
            var head = new byte[PackageHeader.Length];
            if (length < head.Length || length > head.Length + offered.Size || flash.Read(path, 0, head, head.Length) != head.Length)
                return -1;
            return new PackageHeader(head).IsSame(offered) ? length - head.Length : -1;
        }

        // The board does not tell how full its flash is; so the room is taken, and given back.
        void MakeRoom(int bytes)
        {
            var block = new byte[PieceBytes];
            try
            {
                for (var taken = 0; taken < bytes + FlashReserve; taken += block.Length)
                    flash.Append(RoomPath, block, block.Length);
            }
            catch (IOException)
            {
                throw new IOException("the flash has no room for " + bytes.ToString() + " bytes more and the journal: "
                    + (programs.Healthy == 0 ? "deploy it by cable" : "go back to the deployed program first, by revert"));
            }
            finally
            {
                GiveBackRoom();
            }
        }

        /// <summary>Removes what a power cut left of looking for room.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void GiveBackRoom()
        {
            if (flash.Exists(RoomPath))
                flash.Delete(RoomPath);
        }

        bool Add(byte[] came)
        {
            var missing = Missing();
            // Late, doubled or somebody else's: it is asked for again.
            if (came.Length != PieceHead + missing || Bytes.Get(came, 0) != wanted.Counter || Bytes.Get(came, 4) != (uint)offset)
                return false;
            var content = new byte[missing];
            for (var i = 0; i < missing; i++)
                content[i] = came[PieceHead + i];
            flash.Append(path, content, missing);
            offset += missing;
            return true;
        }

        // After a power cut in the middle of a piece the next one ends where that one would have.
        int Missing()
        {
            var block = PieceBytes - offset % PieceBytes;
            return wanted.Size - offset < block ? wanted.Size - offset : block;
        }

        string Finish(out string failure)
        {
            var buffer = new byte[PieceBytes];
            var hash = new Sha256();
            var crc = Crc32.Begin;
            for (var at = 0; at < wanted.Size;)
            {
                var read = flash.Read(path, PackageHeader.Length + at, buffer, buffer.Length);
                if (read <= 0)
                    break;
                hash.Add(buffer, 0, read);
                crc = Crc32.Add(crc, buffer, 0, read);
                at += read;
            }
            failure = null;
            if (!wanted.Holds(hash.End()))
            {
                flash.Delete(path);
                failure = "what came is not what was signed; it is removed";
                Stop();
                return null;
            }
            programs.Begin(wanted.Counter, Crc32.End(crc));
            IsReady = true;
            var said = State("ready").Add("version", wanted.Version).ToString();
            Stop();
            return said;
        }

        void Stop()
        {
            wanted = null;
            NextAt = long.MaxValue;
        }

        JsonWriter State(string state) => new JsonWriter().Add("v", 1).Add("counter", wanted.Counter).Add("state", state);
    }
}

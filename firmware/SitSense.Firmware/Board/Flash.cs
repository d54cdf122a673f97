using System;
using System.IO;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// Files on the board's own flash, by paths such as <c>I:\journal0.bin</c>. Nothing here is atomic: power may end in the middle of a write.
    /// Whatever the flash refuses is an IOException that says what and where.
    /// </summary>
    public sealed class Flash
    {
        /// <summary>Whether there is such a file.</summary>
        public bool Exists(string path) => File.Exists(path);

        /// <summary>The file's length, bytes.</summary>
        /// <exception cref="IOException">There is none, or the flash refuses.</exception>
        public int Length(string path)
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                return (int)stream.Length;
            }
            catch (Exception e)
            {
                throw Refused("measure", path, e);
            }
        }

        /// <summary>Reads from <paramref name="offset"/> into the start of <paramref name="buffer"/>.</summary>
        /// <returns>Bytes read, at most <paramref name="count"/>; 0 at the end.</returns>
        /// <exception cref="IOException">There is none, or the flash refuses.</exception>
        public int Read(string path, int offset, byte[] buffer, int count)
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                if (offset >= stream.Length)
                    return 0;
                stream.Seek(offset, SeekOrigin.Begin);
                var read = 0;
                while (read < count)
                {
                    var n = stream.Read(buffer, read, count - read);
                    if (n <= 0)
                        break;
                    read += n;
                }
                return read;
            }
            catch (Exception e)
            {
                throw Refused("read", path, e);
            }
        }

        /// <summary>Replaces the file's content.</summary>
        /// <exception cref="IOException">The flash refuses; what the file then holds is not known.</exception>
        public void Write(string path, byte[] buffer, int count) => Put(path, FileMode.Create, buffer, count);

        /// <summary>Appends to the file, which begins with this where there is none.</summary>
        /// <exception cref="IOException">The flash refuses; a part may have been appended.</exception>
        public void Append(string path, byte[] buffer, int count) => Put(path, FileMode.Append, buffer, count);

        /// <summary>Removes the file, if there is one.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Delete(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e)
            {
                throw Refused("delete", path, e);
            }
        }

        static void Put(string path, FileMode mode, byte[] buffer, int count)
        {
            try
            {
                using var stream = new FileStream(path, mode, FileAccess.Write);
                stream.Write(buffer, 0, count);
                stream.Flush();
            }
            catch (Exception e)
            {
                throw Refused("write", path, e);
            }
        }

        // The platform's own errors mostly carry no text, and some are no IOException.
        static IOException Refused(string what, string path, Exception e) => new IOException("cannot " + what + " " + path, e);
    }
}

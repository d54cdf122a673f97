using System.IO;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// Files on the board's own flash, by paths such as <c>I:\journal0.bin</c>. Nothing here is atomic: power may end in the middle of a write.
    /// </summary>
    /// <exception cref="IOException">Any member, when the flash refuses.</exception>
    public sealed class Flash
    {
        /// <summary>Whether there is such a file.</summary>
        public bool Exists(string path) => File.Exists(path);

        /// <summary>The file's length, bytes.</summary>
        public int Length(string path)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            return (int)stream.Length;
        }

        /// <summary>Reads from <paramref name="offset"/> into the start of <paramref name="buffer"/>.</summary>
        /// <returns>Bytes read, at most <paramref name="count"/>; 0 at the end.</returns>
        public int Read(string path, int offset, byte[] buffer, int count)
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

        /// <summary>Replaces the file's content.</summary>
        public void Write(string path, byte[] buffer, int count)
        {
            using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
            stream.Write(buffer, 0, count);
            stream.Flush();
        }

        /// <summary>Appends to the file, which begins with this where there is none.</summary>
        public void Append(string path, byte[] buffer, int count)
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write);
            stream.Write(buffer, 0, count);
            stream.Flush();
        }

        /// <summary>Removes the file, if there is one.</summary>
        public void Delete(string path) => File.Delete(path);
    }
}

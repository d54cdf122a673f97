using System;
using System.IO;
using System.Threading;

// The border of the firmware in its plainest form, so that everything compiles; the virtual clock and flash take its place.
namespace SitSense.Firmware.Board
{
    public sealed class Clock
    {
        public long Now => Environment.TickCount64;
        public bool IsSet => true;
        public DateTime UtcNow => DateTime.UtcNow;
        public void Sleep(int ms) => Thread.Sleep(ms);
        public void Start(ThreadStart work) => new Thread(work).Start();
        public void Idle(int ms) => Thread.Sleep(ms);
        public void Wake() { }
    }

    public sealed class Flash
    {
        public bool Exists(string path) => File.Exists(path);
        public int Length(string path) => (int)new FileInfo(path).Length;
        public int Read(string path, int offset, byte[] buffer, int count) => throw new IOException();
        public void Write(string path, byte[] buffer, int count) => throw new IOException();
        public void Append(string path, byte[] buffer, int count) => throw new IOException();
        public void Delete(string path) => File.Delete(path);
    }
}

namespace SitSense.Twin
{
    static class Program
    {
        static void Main() => Console.WriteLine("twin");
    }
}

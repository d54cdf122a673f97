using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using SitSense.Firmware.Settings;

namespace SitSense.Upkeep.Setup
{
    /// <summary>
    /// Shows the page to who comes and takes what they fill in (HTTP/1.1, one answer a connection). Any other path leads to the page: so phones and PCs find
    /// out by themselves that there is one.
    /// </summary>
    public sealed class PageServer
    {
        /// <summary>The port of HTTP.</summary>
        const int Port = 80;

        /// <summary>Who comes while so many are there waits.</summary>
        const int MostVisitors = 3;

        readonly SettingsStore store;
        readonly Door door;
        readonly Entries entries;
        readonly Visitor[] visitors = new Visitor[MostVisitors];
        readonly Socket listener;

        /// <summary>A page that fills in these settings, from now on.</summary>
        /// <param name="store">Where they are kept.</param>
        /// <param name="door">Where it is noted that nobody need ask any more.</param>
        /// <param name="entries">What stands in its fields.</param>
        /// <exception cref="Exception">There is no network yet.</exception>
        public PageServer(SettingsStore store, Door door, Entries entries)
        {
            this.store = store;
            this.door = door;
            this.entries = entries;
            listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // Else a page that is opened again would wait for the last connections of the one before to be forgotten.
                listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                listener.Bind(new IPEndPoint(new IPAddress(AccessPoint.Address), Port));
                listener.Listen(MostVisitors);
            }
            catch (Exception)
            {
                listener.Close();
                throw;
            }
        }

        /// <summary>Whether the page was filled in well, and is saved.</summary>
        public bool IsDone { get; private set; }

        /// <summary>When somebody was answered last, monotonic ms; 0 = nobody yet.</summary>
        public long SeenAt { get; private set; }

        /// <summary>Answers who has something to say.</summary>
        public void Turn(long now)
        {
            for (var i = 0; i < MostVisitors; i++)
            {
                if (visitors[i] == null && listener.Poll(0, SelectMode.SelectRead))
                    visitors[i] = Welcome(now);
                if (visitors[i] != null && !Attend(visitors[i], now))
                {
                    visitors[i].Leave();
                    visitors[i] = null;
                }
            }
        }

        /// <summary>Ends all connections.</summary>
        public void Close()
        {
            for (var i = 0; i < MostVisitors; i++)
                visitors[i]?.Leave();
            listener.Close();
        }

        // Null when the visitor has gone already.
        Visitor Welcome(long now)
        {
            try
            {
                return new Visitor(listener.Accept(), now);
            }
            catch (Exception)
            {
                return null;
            }
        }

        // False when the visitor is done with, also by a connection that breaks, which is nobody's fault.
        bool Attend(Visitor visitor, long now)
        {
            try
            {
                if (!visitor.Listen(now))
                    return false;
                if (!visitor.IsReady)
                    return true;
                SeenAt = now;
                Answer(visitor.Request, visitor.Reply());
            }
            catch (Exception)
            {
                return false;
            }
            return false;
        }

        void Answer(Request request, Reply reply)
        {
            if (request.Refusal != null)
                reply.Begin(request.Refusal, "").End();
            else if (request.Path != "/" || !request.IsForAddress)
                reply.Begin("302 Found", "Location: http://" + AccessPoint.AddressText + "/\r\n").End();
            else if (request.Method == "POST")
                Take(request, reply);
            else
                Page.Write(reply, entries);
        }

        void Take(Request request, Reply reply)
        {
            var form = request.TakeForm();
            // One that says nothing must not empty the fields.
            if (form.Count > 0)
                entries.Take(form);
            if (form.Count > 0 && entries.AreGood)
                try
                {
                    store.SetUp(entries.ToJson());
                    // Before anybody is told, or a power cut would let the next start forget what was saved.
                    door.Clear();
                    IsDone = true;
                }
                catch (IOException e)
                {
                    entries.Refuse("", "the flash refuses, " + e.Message);
                }
            if (IsDone)
                Page.WriteSaved(reply);
            else
                Page.Write(reply, entries);
        }
    }
}

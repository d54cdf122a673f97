using System.Collections;
using System.Diagnostics;
using System.Text;

namespace SitSense.Firmware.Board
{
    /// <summary>What is wrong with the device right now, one line a place; the heartbeat carries it and the light shows it.</summary>
    public sealed class Faults
    {
        readonly Hashtable lines = new Hashtable();

        /// <summary>Says what is wrong with a place, or with null that nothing is any more.</summary>
        /// <param name="place">A short fixed name: <c>sensor</c>, <c>journal</c>, <c>wifi</c>...</param>
        /// <param name="what">What happened and what to do, for people.</param>
        public void Report(string place, string what)
        {
            lock (lines)
            {
                var known = (string)lines[place];
                if (known == what)
                    return;
                if (what == null)
                    lines.Remove(place);
                else
                    lines[place] = what;
            }
            Debug.WriteLine(what == null ? place + ": well again" : place + ": " + what);
        }

        /// <summary>Whether anything is wrong with the device itself, not only with its way to the broker.</summary>
        public bool AnyOfItsOwn
        {
            get
            {
                lock (lines)
                    return lines.Count > (lines["wifi"] == null ? 0 : 1) + (lines["broker"] == null ? 0 : 1);
            }
        }

        /// <summary>All that is wrong in one line; null when nothing is.</summary>
        public string Text()
        {
            lock (lines)
            {
                if (lines.Count == 0)
                    return null;
                var text = new StringBuilder();
                foreach (DictionaryEntry line in lines)
                {
                    if (text.Length > 0)
                        text.Append("; ");
                    text.Append((string)line.Key);
                    text.Append(": ");
                    text.Append((string)line.Value);
                }
                return text.ToString();
            }
        }
    }
}

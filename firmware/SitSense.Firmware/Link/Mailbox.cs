using System.Collections;

namespace SitSense.Firmware.Link
{
    /// <summary>A few things handed from one thread to another, first in, first out; bounded.</summary>
    public sealed class Mailbox
    {
        const int Most = 16;

        readonly Queue queue = new Queue();

        /// <summary>Hands something over.</summary>
        /// <returns>False when the box is full, and it was not taken.</returns>
        public bool Put(object what)
        {
            lock (queue)
            {
                if (queue.Count == Most)
                    return false;
                queue.Enqueue(what);
                return true;
            }
        }

        /// <summary>Hands something over; when the box is full, the oldest in it is dropped.</summary>
        public void PutNewest(object what)
        {
            lock (queue)
            {
                if (queue.Count == Most)
                    queue.Dequeue();
                queue.Enqueue(what);
            }
        }

        /// <summary>Takes the oldest; null when there is none.</summary>
        public object Take()
        {
            lock (queue)
                return queue.Count == 0 ? null : queue.Dequeue();
        }
    }
}

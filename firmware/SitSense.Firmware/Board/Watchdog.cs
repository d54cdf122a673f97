namespace SitSense.Firmware.Board
{
    /// <summary>
    /// A thread that starts the board anew when the main loop or the link has stood still for too long. nanoFramework gives a program no watchdog of the
    /// chip; so what stops the interpreter itself stops this one too.
    /// </summary>
    public sealed class Watchdog
    {
        /// <summary>How much longer than it said the main loop may take, ms.</summary>
        public const int MainMs = 60 * 1000;

        /// <summary>How much longer than it said the link may take, ms: joining, a name, a connection and an answer take three minutes at the worst.</summary>
        public const int LinkMs = 10 * 60 * 1000;

        /// <summary>
        /// The longest life, ms: then the main loop restarts the board with a goodbye, as soon as nobody sits. The ESP32's interpreter counts 32 bits of 10 ms (FreeRTOS at 100 Hz), which end after 497 days; then its sleepers would
        /// not wake.
        /// </summary>
        public const long MostMs = 400L * 24 * 3600 * 1000;

        /// <summary>How much longer than its longest life a board is left to itself, ms: a day.</summary>
        public const long GraceMs = 24L * 3600 * 1000;

        const int LookMs = 30 * 1000;

        /// <summary>Found late for so long it stands still, ms: after a sleep of the whole chip all are late for a moment.</summary>
        const int LateMs = 60 * 1000;

        /// <summary>Restarts that did not help come ever more rarely, to a day for the link.</summary>
        const int MostDoublings = 7;

        readonly Clock clock;
        readonly Restarts restarts;
        readonly int doublings;
        long mainUntil;
        long lateSince;
        long linkUntil = long.MaxValue;

        /// <summary>A watchdog; <see cref="Start"/> lets it off.</summary>
        public Watchdog(Clock clock, Restarts restarts)
        {
            this.clock = clock;
            this.restarts = restarts;
            doublings = restarts.InRow < MostDoublings ? restarts.InRow : MostDoublings;
        }

        /// <summary>Starts it; from now on the main loop is watched.</summary>
        public void Start()
        {
            Main(0);
            clock.Start(Run);
        }

        /// <summary>The main loop goes on.</summary>
        /// <param name="waitMs">How long it will wait now, ms.</param>
        public void Main(int waitMs) => mainUntil = clock.Now + waitMs + ((long)MainMs << doublings);

        /// <summary>The link goes on; from the first time it is watched.</summary>
        /// <param name="waitMs">How long it will wait now, ms.</param>
        public void Link(int waitMs) => linkUntil = clock.Now + waitMs + ((long)LinkMs << doublings);

        /// <summary>Looks whether both go on. Its own thread does so now and then; the ticks that it sleeps by stand still while the board sleeps.</summary>
        public void Look()
        {
            var now = clock.Now;
            if (now >= MostMs + GraceMs)
                restarts.Now(RestartKind.Planned);
            if (now <= mainUntil && now <= linkUntil)
                lateSince = 0;
            else if (lateSince == 0)
                lateSince = now;
            else if (now - lateSince >= LateMs)
                restarts.Now(now > mainUntil ? RestartKind.WatchdogMain : RestartKind.WatchdogLink);
        }

        void Run()
        {
            while (true)
            {
                clock.Sleep(LookMs);
                Look();
            }
        }
    }
}

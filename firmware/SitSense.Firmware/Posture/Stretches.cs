namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// The last stretches of time between moves that may have changed the posture, and how likely sitting is in each: a hidden Markov model of two
    /// states, seated and up, run forward over the moves and back again, so that a later move tells of an earlier stretch
    /// (Rabiner 1989, 10.1109/5.18626).
    /// </summary>
    internal sealed class Stretches
    {
        const int Most = 6;             // what is older is decided, or was never certain
        const float Possible = 0.01f;   // a move with less chance of a change begins no stretch
        const float Floor = 0.005f;     // nothing is surer than this
        const float Unseen = 0.01f;     // share of rests after a walk in which somebody has sat down unseen

        // Of the move before a stretch: likelihood of staying seated, sitting down, standing up, staying up.
        const int Seated = 0, Down = 1, Rise = 2, Stood = 3, Kinds = 4;

        readonly long[] since = new long[Most];
        readonly float[] moves = new float[Kinds * Most];
        readonly float[] within = new float[Most];    // odds for sitting by what was seen in the stretch
        readonly float[] ahead = new float[Most];     // of sitting, from what came before and within
        readonly float[] sitting = new float[Most];   // from all
        readonly float[] sat = new float[Most], rose = new float[Most];
        readonly byte[] marks = new byte[Most];
        const byte Lying = 1, Walked = 2, Doubted = 4, Guessed = 8, Told = 16;
        float prior;

        /// <summary>How many there are; the last is the present one.</summary>
        public int Count { get; private set; }

        /// <summary>Probability of sitting now, by the moves alone.</summary>
        public float ByMoves { get; private set; }

        /// <summary>When a stretch began, ms.</summary>
        public long Since(int i) => since[i];

        /// <summary>Probability of sitting in a stretch.</summary>
        public float Sitting(int i) => sitting[i];

        /// <summary>Probability that the stretch began with a sit-down.</summary>
        public float SatDown(int i) => sat[i];

        /// <summary>Probability that the stretch began with a rise.</summary>
        public float StoodUp(int i) => rose[i];

        /// <summary>Whether it is one of lying.</summary>
        public bool IsLying(int i) => Is(i, Lying);

        /// <summary>Whether its beginning has been told; lying and the first stretch have none.</summary>
        public bool IsTold(int i) => Is(i, Told);

        /// <summary>Whether the present stretch is believed to be what it is for no reason but what is usual.</summary>
        public bool IsGuess => Is(Count - 1, Guessed);

        /// <summary>Notes that a beginning has been told.</summary>
        public void Tell(int i) => Mark(i, Told);

        /// <summary>Forgets all: from now on sitting is as likely as said.</summary>
        public void Begin(long ms, float likely)
        {
            Count = 0;
            Add(ms, 1, 1, 1, 1, 1);
            prior = likely;
            Mark(0, Told | Guessed);
        }

        /// <summary>A move that says nothing of where it came from: then sitting is as likely as said.</summary>
        public void Cut(long ms, float likely, bool guessed)
        {
            Add(ms, likely, likely, 1 - likely, 1 - likely, 1);
            Mark(Count - 1, guessed ? Told | Guessed : Told);
        }

        /// <summary>A move has ended.</summary>
        /// <returns>Whether it may have changed the posture.</returns>
        public bool Move(long ms, MoveEvidence move)
        {
            var chance = ahead[Count - 1] * move.StandsUp + (1 - ahead[Count - 1]) * move.SitsDown;
            var stay = ahead[Count - 1] * move.StaysSeated + (1 - ahead[Count - 1]) * move.StaysUp;
            if (chance < Possible * stay)
                return false;
            Add(ms, move.StaysSeated, move.SitsDown, move.StandsUp, move.StaysUp, 1);
            return true;
        }

        /// <summary>Nothing was seen; what holds before may, just, not hold after.</summary>
        public void Part(long ms) => Add(ms, 1 - Unseen, Unseen, Unseen, 1 - Unseen, 1);

        /// <summary>From here on the wearer is up, whatever was before.</summary>
        public void Up(long ms)
        {
            if (Is(Count - 1, Walked))
                return;
            if (ms > since[Count - 1])
                Add(ms, 0.5f, 0.5f, 0.5f, 1, Floor);
            within[Count - 1] = Floor;
            marks[Count - 1] = (byte)((marks[Count - 1] | Walked) & ~Guessed);
        }

        /// <summary>From here on the wearer lies.</summary>
        public void Lie(long ms)
        {
            Add(ms, 1, 1, 0, 0, 1 / Floor);
            Mark(Count - 1, Told | Lying);
        }

        /// <summary>The present stretch was none: a bend that looked like lying, say.</summary>
        public void DropLast()
        {
            if (Count > 1)
                Count--;
        }

        /// <summary>How sure sitting is by how the wearer leans in the present stretch, as odds; a walk proves more.</summary>
        public void Vote(float forSitting)
        {
            if (Is(Count - 1, Walked))
                return;
            within[Count - 1] = forSitting;
            marks[Count - 1] = (byte)(marks[Count - 1] & ~Guessed);
        }

        /// <summary>Doubts the present stretch: by now as likely as said the posture is another.</summary>
        public void Unrest(long ms, float changed)
        {
            var guessed = IsGuess;
            if (!Is(Count - 1, Doubted))
                Add(ms, 1, 0, 0, 1, 1);
            Mark(Count - 1, guessed ? Told | Doubted | Guessed : Told | Doubted);
            Set(Count - 1, 1 - changed, changed, changed, 1 - changed);
        }

        void Add(long ms, float staysSeated, float sitsDown, float standsUp, float staysUp, float odds)
        {
            if (Count == Most)
                DropFirst();
            else
                Count++;
            since[Count - 1] = ms;
            Set(Count - 1, staysSeated, sitsDown, standsUp, staysUp);
            within[Count - 1] = odds;
            marks[Count - 1] = 0;
        }

        void DropFirst()
        {
            prior = Clip(Forward(ahead[0], 1));
            for (var i = 1; i < Most; i++)
            {
                since[i - 1] = since[i];
                Set(i - 1, moves[Kinds * i + Seated], moves[Kinds * i + Down], moves[Kinds * i + Rise], moves[Kinds * i + Stood]);
                within[i - 1] = within[i];
                marks[i - 1] = marks[i];
            }
        }

        void Set(int i, float staysSeated, float sitsDown, float standsUp, float staysUp)
        {
            moves[Kinds * i + Seated] = staysSeated;
            moves[Kinds * i + Down] = sitsDown;
            moves[Kinds * i + Rise] = standsUp;
            moves[Kinds * i + Stood] = staysUp;
        }

        void Mark(int i, int with) => marks[i] = (byte)(marks[i] | with);

        bool Is(int i, int mark) => (marks[i] & mark) != 0;

        float Forward(float before, int i)
        {
            var sits = before * moves[Kinds * i + Seated] + (1 - before) * moves[Kinds * i + Down];
            var all = sits + before * moves[Kinds * i + Rise] + (1 - before) * moves[Kinds * i + Stood];
            return all > 0 ? sits / all : before;
        }

        /// <summary>Works out how likely sitting is in every stretch.</summary>
        public void Smooth()
        {
            ByMoves = prior;
            ahead[0] = With(prior, within[0]);
            for (var i = 1; i < Count; i++)
            {
                ByMoves = Clip(Forward(ahead[i - 1], i));
                ahead[i] = With(ByMoves, within[i]);
            }
            float sits = 1, stands = 1;
            for (var i = Count - 1; i >= 0; i--)
            {
                var a = ahead[i] * sits;
                var b = (1 - ahead[i]) * stands;
                sitting[i] = a / (a + b);
                if (i == 0)
                    break;
                var before = ahead[i - 1];
                sits *= within[i];
                float stayed = before * moves[Kinds * i + Seated] * sits, down = (1 - before) * moves[Kinds * i + Down] * sits;
                float rise = before * moves[Kinds * i + Rise] * stands, stood = (1 - before) * moves[Kinds * i + Stood] * stands;
                var all = stayed + down + rise + stood;
                sat[i] = all > 0 ? down / all : 0;
                rose[i] = all > 0 ? rise / all : 0;
                var s = moves[Kinds * i + Seated] * sits + moves[Kinds * i + Rise] * stands;
                var u = moves[Kinds * i + Down] * sits + moves[Kinds * i + Stood] * stands;
                all = s + u;
                sits = all > 0 ? s / all : 0.5f;
                stands = all > 0 ? u / all : 0.5f;
            }
        }

        static float With(float p, float odds) => Clip(p * odds / (p * odds + 1 - p));

        static float Clip(float p) => p < Floor ? Floor : p > 1 - Floor ? 1 - Floor : p;
    }
}

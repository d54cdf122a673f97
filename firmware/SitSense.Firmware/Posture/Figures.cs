namespace SitSense.Firmware.Posture
{
    /// <summary>What was measured at one time: figures by name, each beside its error.</summary>
    public sealed class Figures
    {
        const int Most = 12;

        readonly string[] names = new string[Most];
        readonly float[] values = new float[Most];
        readonly float[] errors = new float[Most];

        /// <summary>No figures yet, of this time.</summary>
        /// <param name="ms">Monotonic ms.</param>
        public Figures(long ms) => Ms = ms;

        /// <summary>When it was measured, monotonic ms.</summary>
        public long Ms { get; }

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>Adds a figure; beyond the twelfth none is taken.</summary>
        /// <param name="name">Its name, with the unit at its end where it has one.</param>
        /// <param name="value">Its value.</param>
        /// <param name="error">Its standard error, in the same unit; 0 for what was only counted.</param>
        public void Add(string name, float value, float error)
        {
            if (Count == Most)
                return;
            names[Count] = name;
            values[Count] = value;
            errors[Count++] = error;
        }

        /// <summary>Name of a figure, 0 to <see cref="Count"/> - 1.</summary>
        public string Name(int i) => names[i];

        /// <summary>Value of a figure.</summary>
        public float Value(int i) => values[i];

        /// <summary>Standard error of a figure; 0 for what was only counted.</summary>
        public float Error(int i) => errors[i];
    }
}

using System;
using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// What a detector has learned of its wearer and mounting, beyond a restart: given back at the start, calibrated on request, and stored when
    /// that ended well or when the detector has learned more by itself. Never a posture: that is to be seen anew.
    /// </summary>
    public sealed class Learning
    {
        /// <summary>The content is version, place, number of values, and the values as IEEE 754 singles, low byte first.</summary>
        const string FilePath = "I:\\learned";

        /// <summary>Of the content, and of what the detectors' values mean: another one is passed over.</summary>
        const byte Version = 1;

        const int HeaderBytes = 3;
        const int ValueBytes = 4;
        const int MaxBytes = 256;

        /// <summary>How often to look whether something was learned, ms.</summary>
        const int LookMs = 60000;

        /// <summary>Least time between two writes of what was learned by itself, ms: at most 48 a day.</summary>
        const int RewriteMs = 1800000;

        /// <summary>Share by which a value must have changed to be worth a write.</summary>
        const float WorthShare = 0.15f;

        /// <summary>The least change worth a write: of a clip's directions (6 degrees), and of a cushion's counts.</summary>
        const float WorthClip = 0.1f, WorthSeat = 10f;

        /// <summary>No calibration takes longer, ms: the longest step is 10 s, and a sensor at rest is read each second.</summary>
        const int LongestMs = 15000;

        /// <summary>How long a failed calibration is told as a fault, ms.</summary>
        const int ToldMs = 120000;

        const long Never = -1L << 40;

        readonly SafeFile file;
        readonly Faults faults;
        PostureDetector detector, calibrated;
        byte place;
        float[] values, stored;
        bool isStored;
        CalibrationStep step;
        long lookAt, storedAt, runsUntil, toldUntil = long.MaxValue;

        /// <summary>What is learned on a board with this flash; <see cref="Begin"/> says by whom.</summary>
        public Learning(Flash flash, Faults faults)
        {
            this.faults = faults;
            file = new SafeFile(flash, FilePath, MaxBytes);
        }

        /// <summary>Whether a calibration goes on.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>Why the last calibration failed, for people; null when it did not.</summary>
        public string Failure { get; private set; }

        /// <summary>How it stands, for people.</summary>
        public string State =>
            IsRunning ? "running"
            : Failure != null ? "failed: " + Failure
            : detector == null || !detector.Save(values) ? "nothing learned yet"
            : isStored ? "learned and stored" : "learned";

        /// <summary>Takes up a detector before its first sample, and gives it back what was learned at this place.</summary>
        /// <param name="of">Null where nothing is to be learned.</param>
        /// <param name="sensor">The place: <c>thigh</c>, <c>belt</c> or <c>seat</c>.</param>
        public void Begin(PostureDetector of, string sensor)
        {
            detector = of;
            place = (byte)sensor[0];
            values = new float[of == null ? 0 : of.SavedValues];
            stored = new float[values.Length];
            isStored = false;
            storedAt = Never;
            if (of != null)
                Restore();
        }

        /// <summary>Begins a calibration; <see cref="Tick"/> tells its end.</summary>
        /// <param name="word">What the wearer does now: <c>empty</c>, <c>occupied</c> or <c>standing</c>.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>Why it cannot be done, for people; null when it began.</returns>
        public string Calibrate(string word, long now)
        {
            if (IsRunning)
                return "a calibration goes on: wait for its end";
            if (detector == null)
                return "there is nothing to calibrate";
            step = word == "empty" ? CalibrationStep.Empty : word == "occupied" ? CalibrationStep.Occupied : CalibrationStep.Standing;
            if (!detector.Calibrate(step, now))
                return detector is SeatDetector ? "step: a cushion is calibrated empty or occupied" : "step: a clip-on is calibrated standing";
            calibrated = detector;
            runsUntil = now + LongestMs;
            IsRunning = true;
            Failure = null;
            faults.Report("calibration", null);
            return null;
        }

        /// <summary>Stores what is worth it.</summary>
        /// <returns>True when a calibration has just ended; <see cref="Failure"/> says how.</returns>
        public bool Tick(long now)
        {
            if (now >= toldUntil)
            {
                toldUntil = long.MaxValue;
                faults.Report("calibration", null);
            }
            if (now >= lookAt)
            {
                lookAt = now + LookMs;
                if (detector != null && !IsRunning && now - storedAt >= RewriteMs && detector.Save(values) && IsWorthAWrite())
                    Store(now);
            }
            return IsRunning && Ends(now);
        }

        bool Ends(long now)
        {
            if (detector != calibrated)
                Failure = "the sensor was changed";
            else if (detector.Calibration == CalibrationState.Failed)
                Failure = Cause();
            else if (detector.Calibration == CalibrationState.Running)
            {
                if (now < runsUntil)
                    return false;
                Failure = "the sensor gave no samples: the old one stays";
            }
            else if (detector.Save(values))
                Store(now);
            IsRunning = false;
            if (Failure != null)
            {
                faults.Report("calibration", Failure);
                toldUntil = now + ToldMs;
            }
            return true;
        }

        string Cause()
        {
            switch (step)
            {
                case CalibrationStep.Empty:
                    return "the seat was not empty and at rest: the old one stays";
                case CalibrationStep.Occupied:
                    return "nobody was felt on the seat: the old one stays";
                default:
                    return "you moved: stand still for two seconds within ten; the old one stays";
            }
        }

        void Restore()
        {
            try
            {
                var content = file.Load();
                if (content == null)
                {
                    faults.Report("learned", file.IsThere ? "the stored calibration is damaged: it is learned anew" : null);
                    return;
                }
                // Of another place, another number of pads or another release: not wrong, but not for this detector.
                if (content.Length != HeaderBytes + ValueBytes * values.Length
                    || content[0] != Version || content[1] != place || content[2] != values.Length)
                    return;
                for (var i = 0; i < values.Length; i++)
                    stored[i] = BitConverter.ToSingle(content, HeaderBytes + ValueBytes * i);
                isStored = detector.Restore(stored);
                faults.Report("learned", isStored ? null : "the stored calibration cannot be right: it is learned anew");
            }
            catch (IOException e)
            {
                faults.Report("learned", "the stored calibration cannot be read: " + e.Message);
            }
        }

        bool IsWorthAWrite()
        {
            if (!isStored)
                return true;
            for (var i = 0; i < values.Length; i++)
            {
                var least = WorthShare * Math.Abs(stored[i]);
                var floor = detector is SeatDetector ? WorthSeat : WorthClip;
                if (Math.Abs(values[i] - stored[i]) > (least > floor ? least : floor))
                    return true;
            }
            return false;
        }

        void Store(long now)
        {
            storedAt = now;
            var content = new byte[HeaderBytes + ValueBytes * values.Length];
            content[0] = Version;
            content[1] = place;
            content[2] = (byte)values.Length;
            for (var i = 0; i < values.Length; i++)
                BitConverter.GetBytes(values[i]).CopyTo(content, HeaderBytes + ValueBytes * i);
            try
            {
                file.Save(content);
                values.CopyTo(stored, 0);
                isStored = true;
                faults.Report("learned", null);
            }
            catch (IOException e)
            {
                faults.Report("learned", "holds, but cannot be stored: " + e.Message);
            }
        }
    }
}

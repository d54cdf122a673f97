using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using nanoFramework.Runtime.Native;
using SitSense.Firmware;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// The first thing that the deployed program does: it lets the newest program on the flash run in its place, one on trial as long as it has starts left,
    /// else the healthy one. Whatever is wrong with either, the deployed one is left.
    /// </summary>
    public sealed class Loader
    {
        /// <summary>How long a program on trial has in each start to show itself healthy, ms.</summary>
        public const int TrialMs = 15 * 60 * 1000;

        /// <summary>Where a program begins, in the last of its assemblies, whatever that is called: a static method that takes its counter and does not return.</summary>
        const string EntryType = "SitSense.Upkeep.Program";
        const string EntryMethod = "Run";

        readonly Clock clock;
        readonly Flash flash;
        readonly Programs programs;
        uint tried;

        /// <summary>A loader of what a flash holds.</summary>
        public Loader(Clock clock, Flash flash)
        {
            this.clock = clock;
            this.flash = flash;
            programs = new Programs(flash);
        }

        /// <summary>Runs a program from flash until the power ends; returns when the deployed one is to run.</summary>
        public void Run()
        {
            try
            {
                programs.Load();
                // A newer program was deployed by cable since.
                if (programs.Healthy != 0 && programs.Healthy <= Release.Number || programs.Trial != 0 && programs.Trial <= Release.Number)
                    programs.Drop();
                if (programs.Trial != 0 && programs.Starts >= Programs.MostStarts)
                    programs.Fail();
                if (programs.Trial != 0)
                    Try();
            }
            catch (Exception e)
            {
                Debug.WriteLine("loader: " + e.Message);
            }
            // Also where the flash takes no notes: what cannot be counted is not tried.
            if (programs.Healthy > Release.Number)
                Go();
        }

        void Try()
        {
            // Counted before it runs, or a program that ends the power would run for ever.
            programs.CountStart();
            tried = programs.Trial;
            clock.Start(Watch);
            Enter(true);
            Power.RebootDevice();
        }

        void Go()
        {
            Enter(false);
            try
            {
                programs.Load();
                programs.CountStart();
                if (programs.Starts >= Programs.MostStarts)
                    programs.Drop();
            }
            catch (IOException e)
            {
                Debug.WriteLine("loader: " + e.Message);
            }
            Power.RebootDevice();
        }

        // Returns only where it could not be loaded, or has ended by itself.
        void Enter(bool trial)
        {
            try
            {
                var counter = (int)(trial ? programs.Trial : programs.Healthy);
                if (!programs.IsWhole(trial))
                    throw new Exception("the package is damaged");
                Assembly last = null;
                for (var at = 0; at < programs.Size(trial);)
                {
                    var assembly = programs.Read(trial, at);
                    at += Programs.AssemblyHead + assembly.Length;
                    last = Assembly.Load(assembly);
                }
                last.GetType(EntryType).GetMethod(EntryMethod).Invoke(null, new object[] { counter });
            }
            catch (Exception e)
            {
                Debug.WriteLine("loader: the program ended: " + e.Message);
            }
        }

        // Beside the program: what it does not do within its time it is not given more time for.
        void Watch()
        {
            clock.Sleep(TrialMs);
            if (IsOnTrial())
                Power.RebootDevice();
        }

        bool IsOnTrial()
        {
            try
            {
                var now = new Programs(flash);
                now.Load();
                return now.Trial == tried;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }
}

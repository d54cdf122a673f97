using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Firmware.Link;
using SitSense.Firmware.Settings;
using SitSense.Upkeep.Setup;
using SitSense.Upkeep.Update;

namespace SitSense.Upkeep
{
    /// <summary>Lives in the device and spares people the cable: lets them set it up, and replaces its program.</summary>
    public sealed class ResidentCaretaker : Caretaker
    {
        readonly int package;
        SetupWindow setup;
        Updates updates;
        UpdateTalk talk;
        Clock clock;
        Flash flash;
        SettingsStore store;
        Faults faults;

        /// <summary>The caretaker of a program.</summary>
        /// <param name="package">Counter of the package that it came in; 0 = it was deployed.</param>
        public ResidentCaretaker(int package) => this.package = package;

        /// <inheritdoc/>
        public override bool HasNetwork => setup.IsOpen;

        /// <inheritdoc/>
        public override int[] Sign => updates.IsLoading ? Signs.Updating : setup.IsOpen ? Signs.Setup : null;

        /// <inheritdoc/>
        public override Talk Talk => talk;

        /// <inheritdoc/>
        public override int Package => package;

        /// <inheritdoc/>
        public override void Begin(Clock clock, Flash flash, SettingsStore store, Faults faults, Restarts restarts)
        {
            this.clock = clock;
            this.flash = flash;
            this.store = store;
            this.faults = faults;
            setup = new SetupWindow(clock, flash, store, faults, restarts);
        }

        /// <inheritdoc/>
        public override void Open()
        {
            updates = new Updates(clock, flash, store.Place, package, faults);
            talk = new UpdateTalk(updates.Download);
            setup.Open();
        }

        /// <inheritdoc/>
        public override RestartKind Tick(long now, bool isSitting, bool isWell, BrokerLink link)
        {
            setup.Tick(now);
            // Who filled in the page waits for it; else the sitting that is being counted is not cut short.
            if (setup.IsDone || setup.IsOver && !isSitting)
                return RestartKind.Ordered;
            return link != null && Update(now, isSitting, isWell, link) ? RestartKind.Update : RestartKind.None;
        }

        /// <inheritdoc/>
        public override bool Reset() => setup.Ask();

        /// <inheritdoc/>
        public override string Revert() => updates.Revert();

        bool Update(long now, bool isSitting, bool isWell, BrokerLink link)
        {
            // Told once, so not before somebody can hear it.
            var failure = link.IsWell ? updates.TakeFailure() : null;
            if (updates.Tick(now, isWell && link.IsWell) || failure != null)
                link.Answer("update", failure);
            return updates.WantsRestart(now, isSitting);
        }
    }
}

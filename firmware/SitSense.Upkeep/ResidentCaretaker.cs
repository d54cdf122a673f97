using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Firmware.Link;
using SitSense.Firmware.Settings;
using SitSense.Upkeep.Setup;

namespace SitSense.Upkeep
{
    /// <summary>Lives in the device and spares people the cable: it lets them set the device up.</summary>
    public sealed class ResidentCaretaker : Caretaker
    {
        SetupWindow setup;

        /// <inheritdoc/>
        public override bool HasNetwork => setup.IsOpen;

        /// <inheritdoc/>
        public override int[] Sign => setup.IsOpen ? Signs.Setup : null;

        /// <inheritdoc/>
        public override void Begin(Clock clock, Flash flash, SettingsStore store, Faults faults, Restarts restarts) =>
            setup = new SetupWindow(clock, flash, store, faults, restarts);

        /// <inheritdoc/>
        public override void Open() => setup.Open();

        /// <inheritdoc/>
        public override RestartKind Tick(long now, bool isSitting, bool isWell, BrokerLink link)
        {
            setup.Tick(now);
            // Who filled in the page waits for it; else the sitting that is being counted is not cut short.
            return setup.IsDone || setup.IsOver && !isSitting ? RestartKind.Ordered : RestartKind.None;
        }

        /// <inheritdoc/>
        public override bool Reset() => setup.Ask();
    }
}

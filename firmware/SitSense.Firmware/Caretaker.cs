using SitSense.Firmware.Board;
using SitSense.Firmware.Link;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware
{
    /// <summary>
    /// Who looks after a device beside its work. This one does nothing: the device stays as its file says until a cable changes it. The one of
    /// SitSense.Upkeep lets people set it up, and replaces its program, without one.
    /// </summary>
    public class Caretaker
    {
        /// <summary>Whether it needs the network for itself: then the device keeps away from it.</summary>
        public virtual bool HasNetwork => false;

        /// <summary>What the light says of its work, one of <see cref="Signs"/>; null = nothing.</summary>
        public virtual int[] Sign => null;

        /// <summary>What it says over the device's link; null = nothing. Asked for once the settings are read.</summary>
        public virtual Talk Talk => null;

        /// <summary>Counter of the package that this program came in; 0 = it was deployed.</summary>
        public virtual int Package => 0;

        /// <summary>Takes up its work, before the settings are read.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">What the board keeps.</param>
        /// <param name="store">The settings.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="restarts">What starts the board anew.</param>
        public virtual void Begin(Clock clock, Flash flash, SettingsStore store, Faults faults, Restarts restarts)
        {
        }

        /// <summary>Goes on when the settings are read; may start the board anew.</summary>
        public virtual void Open()
        {
        }

        /// <summary>Looks after the device, in each turn of the main loop; never waits.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="isSitting">Whether somebody sits.</param>
        /// <param name="isWell">Whether the sensor is read.</param>
        /// <param name="link">The link to the broker; null without one.</param>
        /// <returns>What the board is to be started anew for; <see cref="RestartKind.None"/> = nothing.</returns>
        public virtual RestartKind Tick(long now, bool isSitting, bool isWell, BrokerLink link) => RestartKind.None;

        /// <summary>Somebody held the button to set the device up anew, from the next start.</summary>
        /// <returns>Whether that is kept and the board may be started anew.</returns>
        public virtual bool Reset() => false;

        /// <summary>Somebody wants the deployed program back, from the next start.</summary>
        /// <returns>Why that cannot be; null = the board may be started anew.</returns>
        public virtual string Revert() => "revert: the deployed program is what runs";
    }
}

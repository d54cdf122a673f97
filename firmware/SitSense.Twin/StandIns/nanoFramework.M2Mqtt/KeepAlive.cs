using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>When one client has to ping its broker, and when the broker has not answered.</summary>
sealed class KeepAlive
{
    readonly VirtualBoard board;
    Hold pinging;
    bool pinged;
    long lastSent, pingedAt;

    public KeepAlive(VirtualBoard board) => this.board = board;

    /// <summary>0 = never ping.</summary>
    public int PeriodMs { get; set; }

    /// <summary>Whether the answer to a ping has not come in time.</summary>
    public bool IsLost => PeriodMs > 0 && pinged && board.Uptime - pingedAt >= PeriodMs;

    /// <summary>Whether it is time to ping.</summary>
    public bool IsDue => PeriodMs > 0 && !pinged && board.Uptime - lastSent >= PeriodMs;

    /// <summary>How long until either, in ms.</summary>
    public long NextDue => PeriodMs == 0 ? int.MaxValue : (pinged ? pingedAt : lastSent) + PeriodMs - board.Uptime;

    public void Begin() => pinged = false;

    public void Sent() => lastSent = board.Uptime;

    public void Pinging()
    {
        pinged = true;
        pingedAt = board.Uptime;
        pinging = board.Clock.HoldStill();
    }

    /// <summary>The answer was looked at.</summary>
    public void Answered() => pinged = false;

    /// <summary>An answer is here, or will not come any more: time may move.</summary>
    public void Release() => pinging?.Dispose();
}

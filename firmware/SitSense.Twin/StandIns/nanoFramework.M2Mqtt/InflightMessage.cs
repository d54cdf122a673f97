using SitSense.Twin.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>A packet that waits for its answer.</summary>
sealed class InflightMessage
{
    public ushort Id { get; init; }

    public bool IsPublish { get; init; }

    public byte[] Packet { get; init; }

    public int Attempts { get; set; }

    /// <summary>When it was last sent, in ms since power on.</summary>
    public long SentAt { get; set; }

    /// <summary>Keeps virtual time still while the answer is on its way.</summary>
    public Hold Hold { get; set; }
}

namespace MQTTnet.Server;

/// <summary>How a client went.</summary>
public enum MqttClientDisconnectType
{
    /// <summary>With a DISCONNECT of its own.</summary>
    Clean,

    /// <summary>Without: the network, the keep-alive or the server ended it.</summary>
    NotClean,

    /// <summary>Another connection came with its client id.</summary>
    Takeover,
}

using System.Collections;

namespace MQTTnet.Server;

/// <summary>
/// A message arrived, from a client or injected. It is acknowledged when the handlers have ended; a handler that throws ends the
/// client's connection, and the message stays unacknowledged.
/// </summary>
public sealed class InterceptingPublishEventArgs(
    MqttApplicationMessage applicationMessage, string clientId, string userName, IDictionary sessionItems, CancellationToken cancellationToken) : EventArgs
{
    public MqttApplicationMessage ApplicationMessage { get; set; } = applicationMessage ?? throw new ArgumentNullException(nameof(applicationMessage));
    public CancellationToken CancellationToken { get; } = cancellationToken;
    public string ClientId { get; } = clientId ?? throw new ArgumentNullException(nameof(clientId));

    /// <summary>Ends the client's connection, without acknowledgement.</summary>
    public bool CloseConnection { get; set; }

    /// <summary>False passes the message to nobody; it is acknowledged all the same, with <see cref="Response"/>.</summary>
    public bool ProcessPublish { get; set; } = true;

    public PublishResponse Response { get; } = new();
    public IDictionary SessionItems { get; } = sessionItems ?? throw new ArgumentNullException(nameof(sessionItems));
    public string UserName { get; } = userName;
}

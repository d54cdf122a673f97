namespace SitSense.Service.Storage;

/// <summary>The store of record cannot do its work. The message is one line that says what happened, where, and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

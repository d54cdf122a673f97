namespace SitSense.Service;

/// <summary>Something a person must put right: one line that says what happened, where, and what to do. Ends a command with 1.</summary>
public sealed class Failure(string message, Exception? cause = null) : Exception(message, cause);

namespace InfluxDB.Client.Core.Exceptions;

/// <summary>Something between the client and the server went wrong.</summary>
public class InfluxException(string? message, int code, Exception? exception = null) : Exception(message ?? "", exception)
{
    /// <summary>Always 0, as in the package.</summary>
    public int Code { get; } = code;

    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; set; }
}

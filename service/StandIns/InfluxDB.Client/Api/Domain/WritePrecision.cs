namespace InfluxDB.Client.Api.Domain;

/// <summary>The unit of a point's time.</summary>
public enum WritePrecision
{
    /// <summary>Milliseconds.</summary>
    Ms = 1,

    /// <summary>Seconds.</summary>
    S = 2,

    /// <summary>Microseconds.</summary>
    Us = 3,

    /// <summary>Nanoseconds.</summary>
    Ns = 4,
}

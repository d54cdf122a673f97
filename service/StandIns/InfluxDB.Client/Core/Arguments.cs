namespace InfluxDB.Client.Core;

static class Arguments
{
    public static void CheckNonEmptyString(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw new ArgumentException("Expecting a non-empty string for " + name);
    }
}

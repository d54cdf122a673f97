using InfluxDB.Client;
using SitSense.Service.Options;

namespace SitSense.Service.Storage.Influx;

/// <summary>The client of the configured InfluxDB.</summary>
static class InfluxClient
{
    /// <summary>What an InfluxDB that knows no organisations takes for one; the client insists on having one.</summary>
    const string NoOrg = "-";

    public static InfluxDBClient Open(InfluxOptions options)
    {
        var builder = new InfluxDBClientOptions.Builder().Url(options.Url!.ToString()).Org(Org(options)).Bucket(options.Bucket).TimeOut(TimeSpan.FromSeconds(30));
        var client = new InfluxDBClient((string.IsNullOrEmpty(options.Token) ? builder : builder.AuthenticateToken(options.Token)).Build());
        client.EnableGzip();
        return client;
    }

    public static string Org(InfluxOptions options) => string.IsNullOrEmpty(options.Org) ? NoOrg : options.Org;
}

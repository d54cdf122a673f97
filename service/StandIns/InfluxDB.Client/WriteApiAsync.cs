using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core;
using InfluxDB.Client.Writes;

namespace InfluxDB.Client;

/// <summary>Writes at once: one request for each precision among the points, none where no point has a field. It never tries again.</summary>
public class WriteApiAsync
{
    readonly InfluxDBClient _client;
    readonly InfluxDBClientOptions _options;

    internal WriteApiAsync(InfluxDBClient client, InfluxDBClientOptions options) => (_client, _options) = (client, options);

    /// <summary>Writes points; those of different precisions one request after the other, so not as one.</summary>
    /// <exception cref="Core.Exceptions.HttpException">The server refused, could not be reached, took too long, or the caller gave up.</exception>
    /// <exception cref="ArgumentException">Neither the call nor the options name an organisation and a bucket.</exception>
    public async Task WritePointsAsync(IEnumerable<PointData> points, string? bucket = null, string? org = null, CancellationToken cancellationToken = default)
    {
        foreach (var group in points.GroupBy(point => point.Precision))
        {
            var (into, of) = (bucket ?? _options.Bucket, org ?? _options.Org);
            Arguments.CheckNonEmptyString(into, "'bucket' parameter. Please specify the bucket as a method parameter or use default configuration at 'InfluxDBClientOptions.Bucket'.");
            Arguments.CheckNonEmptyString(of, "'org' parameter. Please specify the organization as a method parameter or use default configuration at 'InfluxDBClientOptions.Org'.");
            var lines = string.Join('\n', group.Select(point => point.ToLineProtocol()).Where(line => line.Length > 0));
            if (lines.Length == 0)
                continue;
            var resource = $"api/v2/write?org={Uri.EscapeDataString(of!)}&bucket={Uri.EscapeDataString(into!)}&precision={Unit(group.Key)}";
            await _client.SendAsync(HttpMethod.Post, resource, Content(lines), cancellationToken).ConfigureAwait(false);
        }
    }

    ByteArrayContent Content(string lines)
    {
        var content = new ByteArrayContent(_client.IsGzip ? Compressed(lines) : Encoding.UTF8.GetBytes(lines));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=utf-8");
        content.Headers.ContentEncoding.Add(_client.IsGzip ? "gzip" : "identity");
        return content;
    }

    static byte[] Compressed(string lines)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        return compressed.ToArray();
    }

    static string Unit(WritePrecision precision) => precision switch
    {
        WritePrecision.Ms => "ms",
        WritePrecision.S => "s",
        WritePrecision.Us => "us",
        _ => "ns",
    };
}

using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfluxDB.Client.Core;

namespace InfluxDB.Client;

/// <summary>Deletes points.</summary>
public class DeleteApi
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly InfluxDBClient _client;

    internal DeleteApi(InfluxDBClient client) => _client = client;

    /// <summary>Deletes the points of a span of time that a predicate names, such as <c>wearer="anna"</c>.</summary>
    /// <exception cref="Core.Exceptions.HttpException">The server refused, could not be reached, took too long, or the caller gave up.</exception>
    public Task Delete(DateTime start, DateTime stop, string predicate, string bucket, string org, CancellationToken cancellationToken = default)
    {
        Arguments.CheckNonEmptyString(bucket, "Bucket is required");
        Arguments.CheckNonEmptyString(org, "Organization is required");
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { start, stop, predicate }, Plain));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        return _client.SendAsync(HttpMethod.Post, $"api/v2/delete?org={Uri.EscapeDataString(org)}&bucket={Uri.EscapeDataString(bucket)}", content, cancellationToken);
    }
}

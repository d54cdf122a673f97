using System.Net;
using System.Net.Http.Headers;
using InfluxDB.Client.Core.Exceptions;

namespace InfluxDB.Client;

/// <summary>A client of one server, for as long as the program needs it. May be used from several threads.</summary>
public class InfluxDBClient : IDisposable
{
    readonly HttpClient _http;
    readonly InfluxDBClientOptions _options;
    readonly Uri _base;

    /// <summary>A client; nothing is sent yet.</summary>
    /// <exception cref="UriFormatException">The address is none.</exception>
    public InfluxDBClient(InfluxDBClientOptions options)
    {
        _options = options;
        _base = new Uri(options.Url.TrimEnd('/') + "/");
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("influxdb-client-csharp", "5.1.0.0"));
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.Token is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {options.Token}");
    }

    internal bool IsGzip { get; private set; }

    /// <summary>Compresses what is written from now on.</summary>
    public InfluxDBClient EnableGzip()
    {
        IsGzip = true;
        return this;
    }

    /// <summary>Does the server answer? Never throws.</summary>
    public async Task<bool> PingAsync()
    {
        try
        {
            await SendAsync(HttpMethod.Get, "ping", null, default).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>For writing at once, without batches or repeats of its own.</summary>
    public WriteApiAsync GetWriteApiAsync() => new(this, _options);

    /// <summary>For deleting.</summary>
    public DeleteApi GetDeleteApi() => new(this);

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends a request, and throws what the package would throw unless it succeeds.</summary>
    internal async Task SendAsync(HttpMethod method, string resource, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, resource)) { Content = content };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(timeout.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw HttpException.Create(response, body);
        }
        catch (OperationCanceledException canceled)
        {
            // Also when the caller gave up, as in the package.
            throw HttpException.Unanswered(cancel.IsCancellationRequested ? canceled.GetBaseException().Message : "The request timed out.", canceled);
        }
        catch (HttpRequestException failed)
        {
            throw HttpException.Unanswered(failed.GetBaseException().Message, failed);
        }
    }
}

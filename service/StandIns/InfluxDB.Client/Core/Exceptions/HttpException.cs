using System.Net;
using System.Text.Json;

namespace InfluxDB.Client.Core.Exceptions;

/// <summary>The server refused (<see cref="InfluxException.Status"/> says how), or could not be reached (status 0).</summary>
public class HttpException : InfluxException
{
    static readonly string[] ErrorHeaders = ["X-Platform-Error-Code", "X-Influx-Error", "X-InfluxDb-Error"];

    /// <summary>A refusal.</summary>
    public HttpException(string? message, int status, Exception? exception = null) : base(message, 0, exception) => Status = status;

    /// <summary>Seconds after which the server wants to be asked again, where it said so.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>What a response that is no success becomes.</summary>
    /// <exception cref="FormatException">Retry-After is a date: the package takes seconds only, and fails in this way.</exception>
    internal static HttpException Create(HttpResponseMessage response, string body)
    {
        int? retryAfter = response.Headers.TryGetValues("Retry-After", out var after) ? Convert.ToInt32(after.First()) : null;
        var message = MessageIn(body)
            ?? ErrorHeaders.SelectMany(name => response.Headers.TryGetValues(name, out var values) ? values : []).FirstOrDefault()
            ?? body;
        var inner = new HttpRequestException($"Request failed with status code {response.StatusCode}");
        var exception = Create(response.StatusCode, message, inner);
        exception.RetryAfter = retryAfter;
        return exception;
    }

    /// <summary>What a request becomes that got no answer.</summary>
    internal static HttpException Unanswered(string message, Exception cause) => new(message, 0, cause);

    static HttpException Create(HttpStatusCode status, string message, Exception inner) => (int)status switch
    {
        400 => new BadRequestException(message, inner),
        401 => new UnauthorizedException(message, inner),
        402 => new PaymentRequiredException(message, inner),
        403 => new ForbiddenException(message, inner),
        404 => new NotFoundException(message, inner),
        405 => new MethodNotAllowedException(message, inner),
        406 => new NotAcceptableException(message, inner),
        407 => new ProxyAuthenticationRequiredException(message, inner),
        408 => new RequestTimeoutException(message, inner),
        413 => new RequestEntityTooLargeException(message, inner),
        422 => new UnprocessableEntityException(message, inner),
        429 => new TooManyRequestsException(message, inner),
        500 => new InternalServerErrorException(message, inner),
        501 => new HttpNotImplementedException(message, inner),
        502 => new BadGatewayException(message, inner),
        503 => new ServiceUnavailableException(message, inner),
        var other => new HttpException(message, other, inner),
    };

    static string? MessageIn(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message)
                && message.ToString() is { Length: > 0 } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

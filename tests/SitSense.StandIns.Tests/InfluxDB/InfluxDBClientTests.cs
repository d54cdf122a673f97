using System.Net;
using System.Net.Sockets;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;
using InfluxDB.Client.Writes;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace SitSense.StandIns.Tests.InfluxDB;

/// <summary>What a service relies on in InfluxDB.Client 5.1. Passes with the package and with the stand-in.</summary>
public sealed class InfluxDBClientTests : IAsyncLifetime
{
    static readonly PointData Point = PointData.Measurement("m").Field("x", 1L).Timestamp(7, WritePrecision.Ms);

    FakeInflux _influx = null!;

    public async ValueTask InitializeAsync() => _influx = await FakeInflux.StartAsync();

    public ValueTask DisposeAsync() => _influx.DisposeAsync();

    [Fact]
    public void A_point_is_a_line_with_sorted_escaped_parts()
    {
        var point = PointData.Measurement("m 1,=\n").Tag("t ag", "a=b,c d\t\\").Tag("empty", "").Tag("gone", "x").Tag("gone", null!)
            .Field("z", 1L).Field("a", 0.1).Field("nan", double.NaN).Field("infinite", double.PositiveInfinity).Field("s", "q\"\\\n").Field("b", true).Field("none", (string)null!)
            .Timestamp(Instant.FromUnixTimeTicks(12_349_999), WritePrecision.Ms);
        Assert.Equal("m\\ 1\\,=\\n,t\\ ag=a\\=b\\,c\\ d\\t\\ a=0.1,b=true,s=\"q\\\"\\\\\n\",z=1i 1234", point.ToLineProtocol());
        Assert.Equal("m,a=1 x=1E-07,y=1E+22,z=-3i", PointData.Measurement("m").Tag("a", "2").Tag("a", "1").Field("z", -3L).Field("y", 1e22).Field("x", 1e-7).ToLineProtocol());
    }

    [Fact]
    public void A_point_without_a_field_that_counts_is_an_empty_line()
    {
        var point = PointData.Measurement("m").Field("x", double.NaN);
        Assert.Equal("", point.ToLineProtocol());
        Assert.True(point.HasFields());
        Assert.False(PointData.Measurement("m").HasFields());
    }

    [Theory]
    [InlineData(WritePrecision.S, "1")]
    [InlineData(WritePrecision.Ms, "1234")]
    [InlineData(WritePrecision.Us, "1234567")]
    [InlineData(WritePrecision.Ns, "1234567800")]
    public void A_time_is_cut_to_its_precision(WritePrecision precision, string time) =>
        Assert.Equal($"m x=1i {time}", Point.Timestamp(Instant.FromUnixTimeTicks(12_345_678), precision).ToLineProtocol());

    [Fact]
    public void What_must_not_be_empty_is_refused()
    {
        Assert.Equal("Expecting a non-empty string for Measurement name", Assert.Throws<ArgumentException>(() => PointData.Measurement("")).Message);
        Assert.Equal("Expecting a non-empty string for Field name", Assert.Throws<ArgumentException>(() => Point.Field("", 1L)).Message);
        Assert.Throws<ArgumentException>(() => new InfluxDBClientOptions.Builder().Url(""));
        Assert.Throws<InvalidOperationException>(() => new InfluxDBClientOptions.Builder().Build());
        Assert.Throws<UriFormatException>(() => new InfluxDBClient(new InfluxDBClientOptions.Builder().Url("nonsense").Build()));
    }

    [Fact]
    public async Task A_write_is_one_request_for_each_precision()
    {
        using var client = Client(builder => builder.Url(_influx.Url + "/base/").AuthenticateToken("tok").Org("my org").Bucket("b&k"));
        await client.GetWriteApiAsync().WritePointsAsync([Point, Point.Timestamp(5, WritePrecision.S), Point.Timestamp(8, WritePrecision.Ms)]);
        Assert.Equal([("POST", "/base/api/v2/write?org=my%20org&bucket=b%26k&precision=ms", "m x=1i 7\nm x=1i 8"), ("POST", "/base/api/v2/write?org=my%20org&bucket=b%26k&precision=s", "m x=1i 5")],
            _influx.Requests.Select(r => (r.Method, r.Target, r.Body)));
        Assert.All(_influx.Requests, r => Assert.Equal(("Token tok", "text/plain; charset=utf-8", "identity", "identity", "application/json"),
            (r.Headers.Authorization.ToString(), r.Headers.ContentType.ToString(), r.Headers.ContentEncoding.ToString(), r.Headers.AcceptEncoding.ToString(), r.Headers.Accept.ToString())));
        Assert.All(_influx.Requests, r => Assert.StartsWith("influxdb-client-csharp/5.1.0", r.Headers.UserAgent.ToString()));
    }

    [Fact]
    public async Task A_write_is_compressed_where_asked()
    {
        using var client = Client();
        client.EnableGzip();
        await client.GetWriteApiAsync().WritePointsAsync(new List<PointData> { Point }, "other", "org");
        var request = Assert.Single(_influx.Requests);
        Assert.Equal(("gzip", "text/plain; charset=utf-8", "", "m x=1i 7", "/api/v2/write?org=org&bucket=other&precision=ms"),
            (request.Headers.ContentEncoding.ToString(), request.Headers.ContentType.ToString(), request.Headers.Authorization.ToString(), request.Body, request.Target));
    }

    [Fact]
    public async Task Nothing_to_write_is_no_request()
    {
        using var client = Client();
        await client.GetWriteApiAsync().WritePointsAsync([PointData.Measurement("m").Field("x", double.NaN)]);
        await client.GetWriteApiAsync().WritePointsAsync(new List<PointData>());
        Assert.Empty(_influx.Requests);
    }

    [Theory]
    [InlineData(400, "{\"code\":\"invalid\",\"message\":\"bad line\"}", typeof(BadRequestException), "bad line")]
    [InlineData(400, "{\"error\":\"partial write\"}", typeof(BadRequestException), "{\"error\":\"partial write\"}")]
    [InlineData(400, "plain text", typeof(BadRequestException), "plain text")]
    [InlineData(400, "[1]", typeof(BadRequestException), "[1]")]
    [InlineData(401, "", typeof(UnauthorizedException), "")]
    [InlineData(403, "", typeof(ForbiddenException), "")]
    [InlineData(404, "x", typeof(NotFoundException), "x")]
    [InlineData(413, "", typeof(RequestEntityTooLargeException), "")]
    [InlineData(422, "", typeof(UnprocessableEntityException), "")]
    [InlineData(429, "", typeof(TooManyRequestsException), "")]
    [InlineData(500, "", typeof(InternalServerErrorException), "")]
    [InlineData(503, "", typeof(ServiceUnavailableException), "")]
    [InlineData(302, "", typeof(HttpException), "")]
    [InlineData(418, "tea", typeof(HttpException), "tea")]
    public async Task A_refusal_is_an_exception_of_its_status(int status, string body, Type type, string message)
    {
        _influx.Answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        var refusal = await Assert.ThrowsAnyAsync<HttpException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point]));
        Assert.Equal((type, status, message, (int?)null), (refusal.GetType(), refusal.Status, refusal.Message, refusal.RetryAfter));
        Assert.IsType<HttpRequestException>(refusal.InnerException);
    }

    [Fact]
    public async Task The_error_header_speaks_where_the_body_has_no_message()
    {
        _influx.Answer = context =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers["X-Influx-Error"] = "no db";
            return context.Response.WriteAsync("{\"error\":\"database not found\"}");
        };
        Assert.Equal("no db", (await Assert.ThrowsAsync<NotFoundException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point]))).Message);
    }

    [Fact]
    public async Task Retry_after_is_seconds_and_a_date_is_a_trap()
    {
        var wish = "7";
        _influx.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, wish);
            return Task.CompletedTask;
        };
        Assert.Equal(7, (await Assert.ThrowsAsync<ServiceUnavailableException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point]))).RetryAfter);
        wish = "Sun, 22 Nov 2026 06:00:00 GMT";
        await Assert.ThrowsAsync<FormatException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point]));
    }

    [Fact]
    public async Task No_answer_is_an_exception_without_a_status()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));      // so that nobody else listens there
        using var nobody = Client(builder => builder.Url($"http://{taken.LocalEndPoint}"));
        var refused = await Assert.ThrowsAsync<HttpException>(() => nobody.GetWriteApiAsync().WritePointsAsync([Point]));
        Assert.Equal((0, "Connection refused"), (refused.Status, refused.Message));
        Assert.IsType<HttpRequestException>(refused.InnerException);
        Assert.False(await nobody.PingAsync());

        _influx.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        using var patient = Client(builder => builder.TimeOut(TimeSpan.FromMilliseconds(200)));
        var slow = await Assert.ThrowsAsync<HttpException>(() => patient.GetWriteApiAsync().WritePointsAsync([Point]));
        Assert.Equal((0, "The request timed out."), (slow.Status, slow.Message));
    }

    [Fact]
    public async Task Giving_up_is_an_HttpException_too()
    {
        using var enough = new CancellationTokenSource();
        _influx.Answer = async context =>
        {
            await enough.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var first = await Assert.ThrowsAsync<HttpException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point], cancellationToken: enough.Token));
        Assert.Equal(0, first.Status);
        Assert.IsAssignableFrom<OperationCanceledException>(first.InnerException);
        await Assert.ThrowsAsync<HttpException>(() => Client().GetWriteApiAsync().WritePointsAsync([Point], cancellationToken: enough.Token));
    }

    [Theory]
    [InlineData(null, "b", "'org' parameter")]
    [InlineData("", "b", "'org' parameter")]
    [InlineData("o", null, "'bucket' parameter")]
    public async Task Writing_needs_an_organisation_and_a_bucket(string? org, string? bucket, string says)
    {
        using var client = new InfluxDBClient(new InfluxDBClientOptions.Builder().Url(_influx.Url).Org(org).Bucket(bucket).Build());
        Assert.Contains(says, (await Assert.ThrowsAsync<ArgumentException>(() => client.GetWriteApiAsync().WritePointsAsync([Point]))).Message);
    }

    [Fact]
    public async Task Deleting_names_a_span_and_a_predicate()
    {
        await Client().GetDeleteApi().Delete(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), DateTime.UnixEpoch.AddYears(200), "wearer=\"x\"", "b", "o");
        var request = Assert.Single(_influx.Requests);
        Assert.Equal("/api/v2/delete?org=o&bucket=b", request.Target);
        Assert.Equal("""{"start":"2026-01-02T03:04:05Z","stop":"2170-01-01T00:00:00Z","predicate":"wearer=\"x\""}""", request.Body);
        Assert.Equal("application/json; charset=utf-8", request.Headers.ContentType.ToString());
        await Assert.ThrowsAsync<ArgumentException>(() => Client().GetDeleteApi().Delete(DateTime.UnixEpoch, DateTime.UnixEpoch, "", "b", ""));
    }

    [Fact]
    public async Task A_ping_says_whether_the_server_is_there()
    {
        Assert.True(await Client().PingAsync());
        Assert.Equal(("GET", "/ping"), Assert.Single(_influx.Requests) is var request ? (request.Method, request.Target) : default);
        _influx.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Assert.False(await Client().PingAsync());
    }

    InfluxDBClient Client(Func<InfluxDBClientOptions.Builder, InfluxDBClientOptions.Builder>? adjust = null)
    {
        var builder = new InfluxDBClientOptions.Builder().Url(_influx.Url).Org("o").Bucket("b");
        return new InfluxDBClient((adjust?.Invoke(builder) ?? builder).Build());
    }
}

using InfluxDB.Client.Core;

namespace InfluxDB.Client;

/// <summary>Which server, as whom, and where to. Made by its <see cref="Builder"/>.</summary>
public class InfluxDBClientOptions
{
    InfluxDBClientOptions(Builder builder, string url)
    {
        (Url, Token, Org, Bucket) = (url, builder.TokenText, builder.OrgName, builder.BucketName);
        Timeout = builder.Timeout == TimeSpan.Zero ? TimeSpan.FromSeconds(10) : builder.Timeout;
    }

    /// <summary>The server's address; it may have a path.</summary>
    public string Url { get; }

    /// <summary>How long an answer may take; 10 s unless said.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The API token; null = none is sent.</summary>
    public string? Token { get; }

    /// <summary>The organisation that calls mean when they name none.</summary>
    public string? Org { get; }

    /// <summary>The bucket that calls mean when they name none.</summary>
    public string? Bucket { get; }

    /// <summary>Gathers the options.</summary>
    public sealed class Builder
    {
        string? _url;

        internal string? TokenText { get; private set; }
        internal string? OrgName { get; private set; }
        internal string? BucketName { get; private set; }
        internal TimeSpan Timeout { get; private set; }

        /// <summary>The server's address.</summary>
        public Builder Url(string url)
        {
            Arguments.CheckNonEmptyString(url, nameof(url));
            _url = url;
            return this;
        }

        /// <summary>How long an answer may take.</summary>
        public Builder TimeOut(TimeSpan timeout)
        {
            Timeout = timeout;
            return this;
        }

        /// <summary>The API token.</summary>
        public Builder AuthenticateToken(string token)
        {
            Arguments.CheckNonEmptyString(token, nameof(token));
            TokenText = token;
            return this;
        }

        /// <summary>The organisation's name or id. Writing needs one, even where the server knows none.</summary>
        public Builder Org(string? org)
        {
            OrgName = org;
            return this;
        }

        /// <summary>The bucket's name or id.</summary>
        public Builder Bucket(string? bucket)
        {
            BucketName = bucket;
            return this;
        }

        /// <summary>The options.</summary>
        /// <exception cref="InvalidOperationException">There is no address.</exception>
        public InfluxDBClientOptions Build() =>
            new(this, _url ?? throw new InvalidOperationException("The url to connect the InfluxDB has to be defined."));
    }
}

using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SitSense.Service.Days;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;

namespace SitSense.Service.Commands;

/// <summary>What every command has to work with.</summary>
/// <param name="configuration">The options' texts.</param>
/// <param name="output">Takes the results.</param>
/// <param name="error">Takes progress and complaints.</param>
sealed class Invocation(IConfiguration configuration, TextWriter output, TextWriter error)
{
    SitSenseOptions? options;

    /// <summary>Machine-readable results, on every command.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Results as JSON.", Recursive = true };

    public IConfiguration Configuration => configuration;

    /// <summary>The checked options.</summary>
    /// <exception cref="WrongOptions">Some cannot be worked with.</exception>
    public SitSenseOptions Options => options ??= SitSenseOptions.Read(configuration);

    public TimeProvider Clock => TimeProvider.System;

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Shows on stderr how far something is.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="unit">Of what there are so many.</param>
    /// <param name="total">How many.</param>
    public Progress ShowProgress(string what, string unit, long total) => new(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected, what, unit, total);

    /// <summary>Opens the store of record; a running worker may have it open too.</summary>
    /// <exception cref="StoreException">It cannot be opened, written or understood.</exception>
    public IStore OpenStore() => SqliteStore.Open(Options.Store.Folder, Clock);

    /// <summary>Works out the days that are out of date, so that figures are right also where no worker runs.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <param name="worked">Is told how many dates were worked out so far.</param>
    public Task CatchUpAsync(IStore store, CancellationToken cancel, Action<int>? worked = null) =>
        new DayUpkeep(store, Options, new LiveFeed(), Clock, NullLogger<DayUpkeep>.Instance).CatchUpAsync(cancel, worked);

    /// <summary>Writes a result as JSON, in the API's style.</summary>
    public void WriteJson<T>(T result) => output.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));

    /// <summary>Writes rows as a table, or as a JSON array where that is asked for.</summary>
    public void Write<T>(ParseResult parsed, IReadOnlyList<T> results, string[] head, Func<T, string?[]> row)
    {
        if (parsed.GetValue(Json))
            WriteJson(results);
        else
            Table.Write(output, head, [.. results.Select(row)]);
    }
}

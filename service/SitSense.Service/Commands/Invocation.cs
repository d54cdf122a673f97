using System.CommandLine;
using Microsoft.Extensions.Configuration;
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

    /// <summary>Opens the store of record; a running worker may have it open too.</summary>
    /// <exception cref="StoreException">It cannot be opened, written or understood.</exception>
    public IStore OpenStore() => SqliteStore.Open(Options.Store.Folder, Clock);
}

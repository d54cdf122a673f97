using Microsoft.Data.Sqlite;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Storage;

/// <summary>A store in a folder of its own, and messages of a day in November.</summary>
sealed class TempStore : IAsyncDisposable
{
    public static readonly Instant Morning = Instant.FromUtc(2026, 11, 20, 8, 0);

    public TempStore() => Store = SqliteStore.Open(Folder, TimeProvider.System);

    public string Folder { get; } = Directory.CreateTempSubdirectory("sitsense-store-").FullName;

    public SqliteStore Store { get; private set; }

    public string File => Path.Combine(Folder, "sitsense.db");

    public static PostureMessage Change(string device, long boot, long seq, double seconds, Posture posture) =>
        new(Morning.Plus(Duration.FromSeconds(seconds + 1)), device, boot, seq, Morning.Plus(Duration.FromSeconds(seconds)), posture);

    public static HeartbeatMessage Beat(string device, long boot, long seq, double seconds, Posture posture) =>
        new(Morning.Plus(Duration.FromSeconds(seconds)), device, boot, seq, Morning.Plus(Duration.FromSeconds(seconds)), posture, 0.8, -60, 100_000, 0, "1.0");

    public static MeasuresMessage Measured(string device, double seconds, params (string Name, double Value)[] figures) =>
        new(Morning.Plus(Duration.FromSeconds(seconds)), device, 3, Morning.Plus(Duration.FromSeconds(seconds)), figures.ToDictionary(figure => figure.Name, figure => figure.Value));

    public static ReminderMessage Reminder(string device, long boot, long seq, double seconds, string kind) =>
        new(Morning.Plus(Duration.FromSeconds(seconds)), device, boot, seq, Morning.Plus(Duration.FromSeconds(seconds)), kind, 1_800_000);

    public static Interval Span(double from, double to) => new(Morning.Plus(Duration.FromSeconds(from)), Morning.Plus(Duration.FromSeconds(to)));

    public Task<Outcome[]> StoreAsync(params Message[] messages) => Store.StoreAsync(messages, default);

    /// <summary>What another program reads in the file.</summary>
    public List<string> Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var list = new List<string>();
        while (rows.Read())
            list.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
        return list;
    }

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = SqliteStore.Open(Folder, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Folder, true);
    }
}

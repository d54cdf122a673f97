using Microsoft.Data.Sqlite;
using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>One connection, with each statement prepared once. Not for two threads at a time.</summary>
class Database(SqliteConnection connection) : IDisposable
{
    readonly Dictionary<string, SqliteCommand> _statements = [];

    /// <summary>The connection itself, for what is no statement.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement with the values of its parameters ?1, ?2, ...; how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The rows of a query. Dispose before the same query runs again.</summary>
    public SqliteDataReader Rows(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>The first column of the first row, null where there is none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() as long?;

    /// <summary>All rows of a query, each made by <paramref name="row"/>.</summary>
    public List<T> List<T>(Func<SqliteDataReader, T> row, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = Rows(sql, values);
        var list = new List<T>();
        while (rows.Read())
            list.Add(row(rows));
        return list;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = connection.CreateCommand();
            statement.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"?{i + 1}" });
            _statements.Add(sql, statement);
        }
        for (var i = 0; i < values.Length; i++)
            statement.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                Instant at => at.ToUnixTimeMilliseconds(),
                bool yes => yes ? 1L : 0L,
                Sitting.Posture posture => (long)posture,
                LocalDate date => date.ToIsoText(),
                var value => value,
            };
        return statement;
    }
}

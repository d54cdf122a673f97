using Microsoft.Data.Sqlite;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The connection that writes, and the revisions that its transaction gives out.</summary>
sealed class Writer(SqliteConnection connection) : Database(connection)
{
    long? _revision;

    /// <summary>The next revision. Transactions follow each other, so revisions become visible in their order.</summary>
    public long NextRevision()
    {
        _revision = 1 + (_revision ?? Number("SELECT newest FROM revision"));
        return _revision!.Value;
    }

    /// <summary>Does <paramref name="work"/> as one transaction, durable on return.</summary>
    public T Transaction<T>(Func<Writer, T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var result = work(this);
            if (_revision is { } newest)
                Run("UPDATE revision SET newest=?1", newest);
            Run("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
        finally
        {
            _revision = null;
        }
    }

    void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full; the first error is the one to tell.
        }
    }
}

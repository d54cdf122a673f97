using Microsoft.Data.Sqlite;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The file <c>sitsense.db</c>: how it is opened, brought to the newest version, and what its errors mean to people.</summary>
/// <param name="path">The file's full path.</param>
sealed class StoreFile(string path)
{
    const int BusySeconds = 30;

    public string Path => path;

    /// <summary>Finds or creates the folder and the file, and brings an older file to the newest version.</summary>
    /// <exception cref="StoreException">It cannot be had.</exception>
    public void Prepare() => Guard(() =>
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var database = new Database(Open());
        Migrate(database);
        return true;
    });

    /// <summary>A connection of its own.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout={BusySeconds * 1000}");
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to a file that stays as it is.</summary>
    public SqliteConnection OpenToRead()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Makes sure that a file is a whole store.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public void Check(Database database)
    {
        if (Version(database) == 0)
            throw new StoreException($"The file {path} is no backup of a store.");
        if (database.List(row => row.GetString(0), "PRAGMA quick_check(1)") is not ["ok"])
            throw new StoreException($"The file {path} is damaged: take another backup.");
    }

    /// <summary>Does <paramref name="work"/>, turning what SQLite and the file system throw into one clear line.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw new StoreException($"The store {path} {Meaning(error)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store {path} cannot be used ({error.Message.TrimEnd('.')}): let this user write that folder, or set Store:Folder to another one.", error);
        }
    }

    /// <summary>Brings the file to the newest version, as one transaction.</summary>
    public void Migrate(Database database)
    {
        if (Version(database) == Schema.Steps.Length)
            return;
        database.Run("BEGIN IMMEDIATE");
        var version = Version(database);
        if (version > Schema.Steps.Length)
            throw new StoreException($"The store {path} was written by a newer SitSense (version {version}, this one knows {Schema.Steps.Length}): update the program, or set Store:Folder to another folder.");
        if (version == 0 && database.Number("SELECT count(*) FROM sqlite_schema") > 0)
            throw new StoreException($"The file {path} is another program's database: move it away, or set Store:Folder to another folder.");
        foreach (var step in Schema.Steps.Skip((int)version))
            Execute(database.Connection, step);
        Execute(database.Connection, $"PRAGMA application_id={Schema.ApplicationId}; PRAGMA user_version={Schema.Steps.Length}");
        database.Run("COMMIT");
    }

    /// <summary>Which version a file has; 0 = none yet.</summary>
    /// <exception cref="StoreException">It is another program's file.</exception>
    long Version(Database database)
    {
        var version = database.Number("PRAGMA user_version") ?? 0;
        if (version > 0 && database.Number("PRAGMA application_id") != Schema.ApplicationId)
            throw new StoreException($"The file {path} is another program's database: move it away, or set Store:Folder to another folder.");
        return version;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Meaning(SqliteException error) => error.SqliteErrorCode switch
    {
        8 or 3 or 23 => "cannot be written: let this user write the folder and the file, or set Store:Folder to another folder.",
        14 => "cannot be opened: let this user read and write the folder and the file, or set Store:Folder to another folder.",
        5 or 6 => $"has been held by another program for {BusySeconds} s: end whatever keeps it locked and try again.",
        11 or 26 => "is damaged or no SQLite database: restore a backup (SitSense.Service restore FILE), or move the file away to start anew.",
        13 => "cannot grow, the disk is full: make room and start again; nothing that was acknowledged is lost.",
        10 => $"cannot be read or written by the disk ({error.Message}): check the disk, then restore a backup if the file is damaged.",
        _ => $"failed ({error.Message}).",
    };
}

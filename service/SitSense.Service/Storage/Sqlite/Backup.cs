namespace SitSense.Service.Storage.Sqlite;

/// <summary>A copy of the store in one file, and back.</summary>
static class Backup
{
    /// <summary>Writes one state of the store into a new file; a copy that was not finished never has its name.</summary>
    public static bool Write(Database db, string file)
    {
        file = Path.GetFullPath(file);
        if (File.Exists(file))
            throw new StoreException($"There is a file {file} already: name another one for the backup.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var part = file + ".part";
        File.Delete(part);
        db.Run("VACUUM INTO ?1", part);
        File.Move(part, file);
        return true;
    }

    /// <summary>Copies a backup over the store as one transaction; a file that is none, or is damaged, leaves the store as it is.</summary>
    public static bool Restore(Database db, StoreFile store, string file)
    {
        var backup = new StoreFile(Path.GetFullPath(file));
        if (!File.Exists(backup.Path))
            throw new StoreException($"There is no backup {backup.Path}.");
        return backup.Guard(() =>
        {
            using var source = new Database(backup.OpenToRead());
            backup.Check(source);
            source.Connection.BackupDatabase(db.Connection);
            store.Migrate(db);
            return true;
        });
    }
}

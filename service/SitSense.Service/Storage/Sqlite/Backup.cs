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
}

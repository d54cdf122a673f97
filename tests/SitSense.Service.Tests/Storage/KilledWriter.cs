using System.Runtime.CompilerServices;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Storage;

/// <summary>The test program started once more, to store batches and say so until it is killed.</summary>
static class KilledWriter
{
    public const string Variable = "SITSENSE_TEST_KILLED_WRITER";
    public const int BatchSize = 7;

    [ModuleInitializer]
    internal static void Start()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        Environment.SetEnvironmentVariable(Variable, null);
        var store = SqliteStore.Open(folder, TimeProvider.System);
        for (var batch = 0; ; batch++)
        {
            store.StoreAsync([.. Enumerable.Range(batch * BatchSize, BatchSize).Select(n => TempStore.Change("d", 1, n, n, Posture.Sitting))], default).GetAwaiter().GetResult();
            Console.WriteLine(batch + 1);
        }
    }
}

using System.CommandLine;
using SitSense.Benchmarks;

var root = new RootCommand("Measures what SitSense can take. Run it in Release, on an idle machine.") { IngestLoad.Create(), IdleWorker.Create(), FirstDay.Create(), StoreLoad.Create(), DetectorCost.Create(), People.Create(), YearFigures.Create(), TodayUpdate.Create(), ExportLoad.Create() };
return await root.Parse(args).InvokeAsync();

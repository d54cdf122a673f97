using SitSense.Service.Commands;

using var signals = new Signals();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, signals.Stop);

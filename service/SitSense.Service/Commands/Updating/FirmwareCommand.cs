using System.CommandLine;
using System.Security.Cryptography;
using SitSense.Service.Web;

namespace SitSense.Service.Commands.Updating;

/// <summary>Replaces a device's program from afar: makes the key, signs a program, sends it.</summary>
static class FirmwareCommand
{
    public static Command Create(Invocation invocation) =>
        new("firmware", "Replaces a device's program from afar. docs/update.md says which boards can take one.") { Key(invocation), Sign(invocation), Send(invocation) };

    static Command Key(Invocation invocation)
    {
        var file = new Argument<string>("file") { Description = "Where the private key is to be kept, PEM; keep it secret." };
        var command = new Command("key", "Makes a key to sign programs with, and prints what goes into each device's sitsense.json.") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            using var key = RSA.Create(ProgramPackage.KeyBits);
            Guard(path, () =>
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using var writer = new StreamWriter(path, options);
                writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
                return 0;
            });
            var modulus = Convert.ToBase64String(key.ExportParameters(false).Modulus!);
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { UpdateKey = modulus });
            else
                invocation.Output.WriteLine($"\"updateKey\": \"{modulus}\"");
        });
        return command;
    }

    static Command Sign(Invocation invocation)
    {
        var programs = new Argument<string[]>("program") { Description = "The program's assemblies from the build, each after those that it is built on: SitSense.Firmware.pe SitSense.Upkeep.pe.", Arity = ArgumentArity.OneOrMore };
        var key = new Option<string>("--key") { Description = "The private key, PEM.", Required = true };
        var counter = new Option<uint>("--counter") { Description = "The program's Release.Number; devices take only what is newer than all that they ever ran.", Required = true };
        var version = new Option<string>("--version") { Description = "For people, up to 16 letters; by default the assemblies' own." };
        var output = new Option<string>("--out") { Description = "Where the package goes; by default beside the first assembly, .ssfw." };
        var command = new Command("sign", "Makes a signed package of a program.") { programs, key, counter, version, output };
        command.SetAction(parsed =>
        {
            var assemblies = parsed.GetValue(programs)!.Select(path => NanoAssembly.Of(path, Guard(path, () => File.ReadAllBytes(path)))).ToArray();
            // The board tells assemblies of one name apart by these two numbers alone.
            if (assemblies.Select(assembly => (assembly.Version?.Major, assembly.Version?.Minor)).Distinct().Count() > 1)
                throw new Failure($"These are not of one build: {string.Join(", ", assemblies.Select(assembly => $"{assembly.Path} {assembly.Version}"))}. Build them together, with one version.");
            var text = parsed.GetValue(version) ?? assemblies[0].Version?.ToString() ?? "";
            if (text.Length > ProgramPackage.MaxVersionBytes || text.Any(letter => letter is < ' ' or > '~'))
                throw new BadRequest($"--version: '{text}' is not up to {ProgramPackage.MaxVersionBytes} letters of ASCII.");
            if (parsed.GetValue(counter) is var number && number is 0 or > int.MaxValue)
                throw new BadRequest("--counter: must be 1 to 2147483647.");
            var bytes = ProgramPackage.Join(assemblies);
            if (bytes.Length > ProgramPackage.MaxProgramBytes)
                throw new Failure($"The program has {bytes.Length} bytes: up to {ProgramPackage.MaxProgramBytes} can be sent.");
            using var rsa = ReadKey(parsed.GetValue(key)!);
            var to = parsed.GetValue(output) ?? Path.ChangeExtension(assemblies[0].Path, ".ssfw");
            var package = ProgramPackage.Sign(bytes, number, text, rsa);
            Guard(to, () =>
            {
                File.WriteAllBytes(to, [.. package.Header, .. package.Program]);
                return 0;
            });
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { Package = to, package.Counter, package.Version, Bytes = bytes.Length });
            else
                invocation.Output.WriteLine($"{to}: program {package.Counter} {package.Version}".TrimEnd() + $", {bytes.Length} bytes");
        });
        return command;
    }

    static Command Send(Invocation invocation)
    {
        var file = new Argument<string>("package") { Description = "A package that sign made." };
        var device = new Argument<string>("device");
        var minutes = new Option<int>("--minutes") { Description = "How long it may take until the new program has shown itself healthy.", DefaultValueFactory = _ => 150 };
        var command = new Command("send", "Sends a package to a device through the broker, and waits until its program has shown itself healthy.") { file, device, minutes };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            var to = Parse.Device("device", parsed.GetValue(device));
            var span = parsed.GetValue(minutes) is var n and >= 1 and <= 10_000 ? TimeSpan.FromMinutes(n) : throw new BadRequest("--minutes: must be 1 to 10000.");
            var package = ProgramPackage.Read(Guard(path, () => File.ReadAllBytes(path))) ?? throw new Failure($"{path} is no package, or not whole: make one with firmware sign.");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(span);
            using var sender = new ProgramSender(invocation.Options, to, package, invocation.Error);
            try
            {
                await sender.SendAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new Failure($"{to} did not say within {n} minutes what came of program {package.Counter}. Is it online? Sending again goes on where it was.");
            }
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { Device = to, package.Counter, package.Version });
            else
                invocation.Output.WriteLine($"{to} runs program {package.Counter} {package.Version}".TrimEnd() + ", and it is healthy");
        });
        return command;
    }

    static RSA ReadKey(string path)
    {
        var text = Guard(path, () => File.ReadAllText(path));
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(text);
            if (key.KeySize == ProgramPackage.KeyBits && key.ExportParameters(true).Exponent is [1, 0, 1])
                return key;
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
        }
        key.Dispose();
        throw new Failure($"{path} is no private RSA key of {ProgramPackage.KeyBits} bits with the exponent 65537: make one with firmware key.");
    }

    static T Guard<T>(string path, Func<T> what)
    {
        try
        {
            return what();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new Failure($"{path}: {problem.Message}", problem);
        }
    }
}

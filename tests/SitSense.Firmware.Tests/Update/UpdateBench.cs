using System.Buffers.Binary;
using SitSense.Firmware.Board;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Twin;
using SitSense.Upkeep.Update;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Update;

/// <summary>A board with a loader, without a device around it; programs are put on its flash through the firmware's own <see cref="Download"/>.</summary>
sealed class UpdateBench : IDisposable
{
    static readonly Signer signer = new();

    readonly TempFolder folder = new();

    public UpdateBench() => Board = new VirtualBoard(folder.Path);

    public VirtualBoard Board { get; }

    public static Signer Signer => signer;

    /// <summary>How often the deployed program ran.</summary>
    public int Deployed { get; private set; }

    /// <summary>The counters of the programs that ran, in their order.</summary>
    public byte[] Ran => File.Exists(At("ran")) ? File.ReadAllBytes(At("ran")) : [];

    public string At(string name) => Path.Combine(folder.Path, name);

    /// <summary>Where programs come from: a board's own objects, as after a start.</summary>
    public (Programs Programs, Download Download) Fetcher(string? key = null)
    {
        var flash = new Flash();
        var programs = new Programs(flash);
        programs.Load();
        return (programs, new Download(new Clock(), flash, programs, key == "" ? null : PublicKey.Read(key ?? signer.Key)));
    }

    /// <summary>Fetches a program, as after a start; what it is told is what came of it.</summary>
    public string? Fetch(uint counter, byte[] program) => Fetch(signer.Header(counter, program), program);

    public string? Fetch(byte[] header, byte[] program)
    {
        var came = "the power went";
        Board.PowerOn(() => came = FetchNow(header, program));
        Board.Run(TimeSpan.FromMinutes(1));
        Board.PowerOff();
        return came;
    }

    string? FetchNow(byte[] header, byte[] program)
    {
        var (_, download) = Fetcher();
        if (download.Offer(header) is { } refused)
            return refused;
        for (var i = 0; i < 1000; i++)
        {
            var state = download.Turn(out var failure);
            if (failure is not null)
                return failure;
            if (download.IsReady)
                return null;
            Assert.NotNull(state);
            download.Put(Piece(header, program, state));
        }
        throw new InvalidOperationException("It asks for ever.");
    }

    /// <summary>What the device asks for.</summary>
    public static byte[] Piece(byte[] header, byte[] program, string state)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(state)!;
        Assert.Equal("wanted", (string?)json["state"]);
        var (offset, bytes) = ((int)json["offset"]!, (int)json["bytes"]!);
        var piece = new byte[8 + bytes];
        header.AsSpan(8, 4).CopyTo(piece);
        BinaryPrimitives.WriteInt32LittleEndian(piece.AsSpan(4), offset);
        program.AsSpan(offset, bytes).CopyTo(piece.AsSpan(8));
        return piece;
    }

    /// <summary>Switches it on for a time; the deployed program only counts.</summary>
    public void Live(TimeSpan span)
    {
        Board.PowerOn(() =>
        {
            var clock = new Clock();
            new Loader(clock, new Flash()).Run();
            // Not without power.
            clock.Sleep(1);
            Deployed++;
        });
        Board.Run(span);
        Board.PowerOff();
    }

    public Programs Known() => On(() => Fetcher().Programs);

    /// <summary>Does something on its flash, on a board that is neither on nor off.</summary>
    public T On<T>(Func<T> what)
    {
        using var board = new VirtualBoard(folder.Path);
        using var here = board.Enter();
        return what();
    }

    /// <inheritdoc cref="On{T}"/>
    public void On(Action<VirtualFlash> what)
    {
        using var board = new VirtualBoard(folder.Path);
        using var here = board.Enter();
        what(board.Flash);
    }

    /// <inheritdoc cref="On{T}"/>
    public void On(Action what) => On(() =>
    {
        what();
        return 0;
    });

    public void Dispose()
    {
        Board.Dispose();
        folder.Dispose();
    }
}

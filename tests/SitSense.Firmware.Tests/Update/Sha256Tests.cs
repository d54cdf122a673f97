using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using SitSense.Upkeep.Update;

namespace SitSense.Firmware.Tests.Update;

public sealed class Sha256Tests
{
    [Fact]
    public void Any_message_in_any_pieces_has_the_digest_that_dotnet_gives() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), pieces =>
        {
            var hash = new Sha256();
            foreach (var piece in pieces)
                hash.Add(piece, 0, piece.Length);
            return hash.End().SequenceEqual(SHA256.HashData(pieces.SelectMany(piece => piece).ToArray()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_length_around_the_blocks_is_right()
    {
        var message = Enumerable.Range(0, 300).Select(i => (byte)(i * 7)).ToArray();
        for (var length = 0; length <= message.Length; length++)
        {
            var hash = new Sha256();
            hash.Add(message, 0, length);
            Assert.Equal(SHA256.HashData(message.AsSpan(0, length)), hash.End());
        }
    }
}

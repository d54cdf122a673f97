using System.Text;

namespace SitSense.Firmware.Tests.Setup;

/// <summary>A DNS message as phones send it (RFC 1035).</summary>
static class DnsQuestion
{
    public static byte[] For(string name, byte type) =>
    [
        0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0, 0, type, 0, 1,
    ];
}

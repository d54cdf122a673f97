#nullable enable
namespace SitSense.Twin;

/// <summary>The twin's command line.</summary>
public static class Program
{
    public static int Main(string[] args) => 0;
}

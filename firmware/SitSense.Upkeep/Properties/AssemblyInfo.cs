using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("SitSense.Upkeep")]
[assembly: AssemblyProduct("SitSense")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
[assembly: ComVisible(false)]

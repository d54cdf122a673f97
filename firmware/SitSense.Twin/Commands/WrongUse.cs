#nullable enable
using System;

namespace SitSense.Twin.Commands;

/// <summary>The command line is wrong; the message says where.</summary>
sealed class WrongUse(string what) : Exception(what);

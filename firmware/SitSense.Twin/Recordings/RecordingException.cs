#nullable enable
using System;

namespace SitSense.Twin.Recordings;

/// <summary>A recording that cannot be played; the message is one line that names the file, the line and what is wrong.</summary>
public sealed class RecordingException(string file, int? line, string what)
    : Exception(line is { } n ? $"{file}, line {n}: {what}" : $"{file}: {what}");

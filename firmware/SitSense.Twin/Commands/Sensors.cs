#nullable enable
using SitSense.Firmware.Posture;
using SitSense.Twin.Recordings;

namespace SitSense.Twin.Commands;

/// <summary>The contract's words for places and postures.</summary>
static class Sensors
{
    /// <exception cref="WrongUse">There is no such place.</exception>
    public static Sensor Parse(string word) => word switch
    {
        "thigh" => Sensor.Thigh,
        "belt" => Sensor.Belt,
        "seat" => Sensor.Seat,
        _ => throw new WrongUse($"--sensor is '{word}', which is not thigh, belt or seat"),
    };

    public static string Word(PostureKind posture) => posture switch
    {
        PostureKind.Sitting => "sitting",
        PostureKind.Upright => "upright",
        PostureKind.Object => "object",
        PostureKind.Off => "off",
        _ => "unknown",
    };

    /// <exception cref="RecordingException">It is not there, or broken.</exception>
    public static Recording Read(string file, Sensor sensor) => sensor == Sensor.Seat ? RecordingReader.Seat(file) : RecordingReader.Motion(file);
}

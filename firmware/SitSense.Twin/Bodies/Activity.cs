#nullable enable
namespace SitSense.Twin.Bodies;

/// <summary>What an imagined body does.</summary>
public enum Activity
{
    /// <summary>The device lies somewhere, not worn.</summary>
    Off,
    Sit,
    Stand,
    Walk,
    /// <summary>Stands on one leg.</summary>
    OneLeg,
}

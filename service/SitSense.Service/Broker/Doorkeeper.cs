using System.Collections.Concurrent;
using System.Security.Cryptography;
using SitSense.Service.Options;

namespace SitSense.Service.Broker;

/// <summary>Lets users in by their passwords; remembers who was right, since a good hash takes a tenth of a second each time.</summary>
sealed class Doorkeeper(BrokerOptions broker)
{
    readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    readonly ConcurrentDictionary<string, byte[]> right = new(StringComparer.Ordinal);

    /// <summary>Whether the user may connect.</summary>
    public bool LetsIn(string? user, byte[]? password)
    {
        if (broker.Users.Count == 0)
            return true;
        if (user is null || !broker.Users.TryGetValue(user, out var stored))
            return false;
        var given = password ?? [];
        var fingerprint = HMACSHA256.HashData(key, given);
        if (right.TryGetValue(user, out var known) && CryptographicOperations.FixedTimeEquals(known, fingerprint))
            return true;
        if (!Password.Fits(stored, given))
            return false;
        right[user] = fingerprint;
        return true;
    }
}

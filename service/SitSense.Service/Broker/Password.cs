using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SitSense.Service.Broker;

/// <summary>
/// A user's password as the options hold it: plain, or its PBKDF2 hash as a PHC string,
/// <c>$pbkdf2-sha256$i=600000$&lt;salt&gt;$&lt;hash&gt;</c> (sha256 or sha512; Base64 without padding, also passlib's).
/// </summary>
static class Password
{
    const string Prefix = "$pbkdf2-";

    /// <summary>The iterations that OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA256.</summary>
    const int Iterations = 600_000;

    /// <summary>What is wrong with a stored password, or null.</summary>
    public static string? Problem(string stored) => !stored.StartsWith(Prefix, StringComparison.Ordinal) || Parse(stored) is not null ? null
        : "is no PBKDF2 PHC string like $pbkdf2-sha256$i=600000$<salt>$<hash>.";

    /// <summary>Whether <paramref name="given"/> is the password; takes the same time whatever is wrong with it.</summary>
    public static bool Fits(string stored, ReadOnlySpan<byte> given)
    {
        if (Parse(stored) is { } hash)
            return CryptographicOperations.FixedTimeEquals(hash.Hash, Rfc2898DeriveBytes.Pbkdf2(given, hash.Salt, hash.Iterations, hash.Algorithm, hash.Hash.Length));
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(stored)), SHA256.HashData(given));
    }

    /// <summary>The PHC string of a password, with a fresh salt.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
        return $"{Prefix}sha256$i={Iterations}${Encode(salt)}${Encode(hash)}";
    }

    static (HashAlgorithmName Algorithm, int Iterations, byte[] Salt, byte[] Hash)? Parse(string stored)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal) || stored[Prefix.Length..].Split('$') is not [var name, var cost, var salt64, var hash64])
            return null;
        HashAlgorithmName? algorithm = name switch { "sha256" => HashAlgorithmName.SHA256, "sha512" => HashAlgorithmName.SHA512, _ => null };
        var rounds = cost.Split(',').Select(part => part.StartsWith("i=", StringComparison.Ordinal) ? part[2..] : part).First();
        return algorithm is { } known && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is > 0 and <= 10_000_000
            && Decode(salt64) is { Length: > 0 } salt && Decode(hash64) is { Length: >= 16 and <= 64 } hash ? (known, iterations, salt, hash) : null;
    }

    static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    static byte[]? Decode(string text)
    {
        var padded = text.Replace('.', '+').TrimEnd('=');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(padded + new string('=', (4 - padded.Length % 4) % 4), bytes, out var length) ? bytes[..length] : null;
    }
}

using System.Text;

namespace SitSense;

/// <summary>
/// nanoFramework makes a certificate from PEM text where .NET would take the text for a file's name; being in a namespace around the board's own, this one
/// is found first there.
/// </summary>
sealed class X509Certificate : System.Security.Cryptography.X509Certificates.X509Certificate
{
    public X509Certificate(string pem) : base(Encoding.UTF8.GetBytes(pem))
    {
    }

    public X509Certificate(byte[] pem) : base(pem)
    {
    }
}

#nullable enable
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SitSense.Twin.Hardware;

/// <summary>The Wi-Fi that the board opens itself; its servers are reached at loopback.</summary>
public sealed class VirtualAccessPoint
{
    const int HttpPort = 80;
    const string DefaultName = "nano_112233", DefaultPassword = "nanoframework";

    static readonly IPAddress address = new([192, 168, 4, 1]);

    readonly Dictionary<int, (int Real, IDisposable Owner)> ports = [];
    string name = DefaultName, password = DefaultPassword;
    AuthenticationType authentication = AuthenticationType.WPA2;
    WirelessAPConfiguration.ConfigurationOptions options = WirelessAPConfiguration.ConfigurationOptions.Disable;

    /// <summary>Whether the board has one at all; POSIX's interpreter has not.</summary>
    public bool Exists { get; set; } = true;

    /// <summary>A look at one of its sockets never returns.</summary>
    public bool Hangs { get; set; }

    /// <summary>So many next datagrams cannot be sent, as without memory for them.</summary>
    public int UnsentDatagrams { get; set; }

    /// <summary>Whether it is open now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Its name; it holds from the next start on.</summary>
    public string Name => name;

    /// <summary>Whether one joins it without a password.</summary>
    public bool IsWithoutPassword => authentication is AuthenticationType.Open or AuthenticationType.None || password.Length == 0;

    /// <summary>Raised when a page is there, with its address on this PC.</summary>
    public event Action<Uri>? PageOpened;

    /// <summary>The port on loopback where one of the board's own ports is found; null while nobody listens there.</summary>
    public int? PortOf(int port)
    {
        lock (ports)
            return ports.TryGetValue(port, out var bound) ? bound.Real : null;
    }

    /// <summary>The page's address on this PC; null while there is none.</summary>
    public Uri? Page => PortOf(HttpPort) is { } port ? new Uri($"http://127.0.0.1:{port}/") : null;

    /// <exception cref="NotImplementedException">There is none.</exception>
    internal WirelessAPConfiguration Configuration() => Exists
        ? new WirelessAPConfiguration(0) { Ssid = name, Password = password, Authentication = authentication, Options = options, MaxConnections = 4 }
        : throw new NotImplementedException();

    internal void Save(string name, AuthenticationType authentication, string password, WirelessAPConfiguration.ConfigurationOptions options)
    {
        this.name = name;
        this.authentication = authentication;
        this.password = password;
        this.options = options;
    }

    internal void PowerOn() => IsOpen = Exists && (options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;

    internal void PowerGone()
    {
        IsOpen = false;
        Break();
    }

    /// <summary>Breaks all of its sockets, as when its network goes down.</summary>
    public void Break()
    {
        IDisposable[] owners;
        lock (ports)
        {
            owners = new IDisposable[ports.Count];
            var i = 0;
            foreach (var bound in ports.Values)
                owners[i++] = bound.Owner;
        }
        foreach (var owner in owners)
            owner.Dispose();
    }

    internal void Bind(IPAddress to, int port, int real, IDisposable owner)
    {
        if (!IsOpen || !to.Equals(address))
            throw new SocketException((int)SocketError.AddressNotAvailable);
        lock (ports)
            if (!ports.TryAdd(port, (real, owner)))
                throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }

    internal void Listens(int port)
    {
        if (port == HttpPort && Page is { } page)
            PageOpened?.Invoke(page);
    }

    internal void Closed(int port, IDisposable owner)
    {
        lock (ports)
            if (ports.TryGetValue(port, out var bound) && bound.Owner == owner)
                ports.Remove(port);
    }
}

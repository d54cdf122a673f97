using System;
using System.Net;
using System.Net.Sockets;
using SitSense.Twin.Hardware;

namespace SitSense;

/// <summary>
/// nanoFramework's socket over a real one of the PC. On a PC the board's address and its low ports are not to be had: what is bound to the address of the
/// virtual board's access point listens on loopback, at a port that the system picks (<see cref="VirtualAccessPoint.PortOf"/>), and what is broadcast there goes to
/// who spoke last. Being in a namespace around the board's own, this one is found first there.
/// </summary>
sealed class Socket : IDisposable
{
    const int HangMs = 1000;

    readonly System.Net.Sockets.Socket real;
    readonly VirtualAccessPoint accessPoint;
    EndPoint lastGuest;
    int port;

    public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
        : this(VirtualBoard.Current.Network.AccessPoint, new System.Net.Sockets.Socket(addressFamily, socketType, protocolType))
    {
    }

    Socket(VirtualAccessPoint accessPoint, System.Net.Sockets.Socket real)
    {
        this.accessPoint = accessPoint;
        this.real = real;
    }

    public int SendTimeout
    {
        get => real.SendTimeout;
        set => real.SendTimeout = value;
    }

    public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue) =>
        real.SetSocketOption(optionLevel, optionName, optionValue);

    /// <exception cref="SocketException">The board has no such address now, or the port is taken.</exception>
    public void Bind(EndPoint localEP)
    {
        var wanted = (IPEndPoint)localEP;
        real.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        port = wanted.Port;
        accessPoint.Bind(wanted.Address, port, ((IPEndPoint)real.LocalEndPoint).Port, this);
    }

    public void Listen(int backlog)
    {
        real.Listen(backlog);
        accessPoint.Listens(port);
    }

    public Socket Accept() => new Socket(accessPoint, real.Accept()) { port = -1 };

    public bool Poll(int microSeconds, SelectMode mode)
    {
        while (accessPoint.Hangs)
            VirtualBoard.Current.Sleep(HangMs);
        return real.Poll(microSeconds, mode);
    }

    public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags) => real.Receive(buffer, offset, size, socketFlags);

    public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags) => real.Send(buffer, offset, size, socketFlags);

    /// <summary>What is longer than the buffer is cut off.</summary>
    public int ReceiveFrom(byte[] buffer, ref EndPoint remoteEP)
    {
        var whole = new byte[ushort.MaxValue];
        var length = Math.Min(real.ReceiveFrom(whole, ref remoteEP), buffer.Length);
        Array.Copy(whole, buffer, length);
        lastGuest = remoteEP;
        return length;
    }

    public int SendTo(byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP)
    {
        if (accessPoint.UnsentDatagrams > 0)
        {
            accessPoint.UnsentDatagrams--;
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        }
        return real.SendTo(buffer, offset, size, socketFlags, ((IPEndPoint)remoteEP).Address.Equals(IPAddress.Broadcast) ? lastGuest : remoteEP);
    }

    public void Close() => Dispose();

    public void Dispose()
    {
        accessPoint.Closed(port, this);
        real.Dispose();
    }
}

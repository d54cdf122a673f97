#nullable enable
using System;
using System.Collections.Generic;
using System.Device.Wifi;
using System.Net.Sockets;
using nanoFramework.Networking;

namespace SitSense.Twin.Hardware;

/// <summary>The radio and what it reaches: an access point, a time server, and by real TCP the broker.</summary>
public sealed class VirtualNetwork : IDisposable
{
    /// <summary>How long the ESP32 takes to join and to get an address, in ms.</summary>
    const int JoinMs = 1_500;

    /// <summary>How long the first answer of a time server takes, and how often it is asked, in ms.</summary>
    const int TimeAnswerMs = 400, TimeRetryMs = 15_000, TimeAgainMs = 3_600_000;

    /// <summary>lwIP asks a random time after its start, less than this (SNTP_STARTUP_DELAY_FUNC), so that many boards do not ask at once.</summary>
    const int TimeAskedWithinMs = 5_000;

    readonly VirtualBoard board;
    readonly List<IConnection> connections = [];
    bool wifi = true;
    bool broker = true;
    string? password;
    bool joinsByItself;
    int joining;
    int asking;
    readonly Lapse radio;

    internal VirtualNetwork(VirtualBoard board)
    {
        this.board = board;
        radio = new Lapse(board.Clock);
    }

    /// <summary>Is the access point there? Going away drops every connection.</summary>
    public bool Wifi
    {
        get => wifi;
        set
        {
            wifi = value;
            if (!value)
                Dissociate();
            else if (joinsByItself)
                Join(password, true);
        }
    }

    /// <summary>Does the broker answer? Going away drops every connection.</summary>
    public bool Broker
    {
        get => broker;
        set
        {
            broker = value;
            if (!value)
                DropConnections();
        }
    }

    /// <summary>Does the time server answer?</summary>
    public bool Sntp { get; set; } = true;

    /// <summary>How wrong the time server is.</summary>
    public TimeSpan SntpError { get; set; }

    /// <summary>The time client answers once when it is asked, and then no more by itself.</summary>
    public bool SntpGoesQuiet { get; set; }

    /// <summary>Joining never returns, whatever it was told about giving up.</summary>
    public bool JoinHangs { get; set; }

    /// <summary>The power goes when this many more MQTT packets have left or come; null never.</summary>
    public int? CutAfterPackets { get; set; }

    /// <summary>The access point's password; null takes any.</summary>
    public string? WifiPassword { get; set; }

    /// <summary>The network that the board remembers, by default as nanoff stored it; empty = none.</summary>
    public string StoredName { get; private set; } = "twin";

    internal string StoredPassword { get; private set; } = "";

    /// <summary>The Wi-Fi that the board opens itself.</summary>
    public VirtualAccessPoint AccessPoint { get; } = new();

    /// <summary>Signal strength in dBm.</summary>
    public int Rssi { get; set; } = -61;

    /// <summary>What <c>WifiNetworkHelper.Status</c> says.</summary>
    internal WifiAdapter? Adapter { get; set; }

    internal NetworkHelperStatus HelperStatus { get; set; }

    /// <summary>The name that the firmware asks for the time; not looked at.</summary>
    internal string TimeServer { get; set; } = "0.pool.ntp.org";

    /// <summary>Has the board joined the access point?</summary>
    public bool IsAssociated { get; private set; }

    /// <summary>Virtual ms for which the radio was on: from the wish to join until it is left, or the board sleeps.</summary>
    public long RadioMs => radio.Ms;

    /// <summary>Is the radio on?</summary>
    public bool IsRadioOn => radio.IsOn;

    /// <summary>How often somebody tried to reach the broker.</summary>
    public int Attempts { get; private set; }

    /// <summary>Whether the driver joins again whenever it can, without being told.</summary>
    public bool JoinsByItself => joinsByItself;

    /// <summary>Connections that stand.</summary>
    public int Connections
    {
        get
        {
            lock (connections)
                return connections.Count;
        }
    }

    public void Dispose() => DropConnections();

    /// <summary>Begins to join the access point; <see cref="IsAssociated"/> tells when it has.</summary>
    internal void Join(string? with, bool byItself)
    {
        password = with;
        joinsByItself = byItself;
        radio.Set(true);
        var attempt = ++joining;
        board.Clock.At(board.Clock.Now + JoinMs, () =>
        {
            if (attempt != joining || !wifi || (WifiPassword is not null && WifiPassword != password))
                return;
            IsAssociated = true;
            AskTime();
        });
    }

    /// <summary>Makes the board remember a network; an empty name makes it forget.</summary>
    public void Store(string name, string password)
    {
        StoredName = name;
        StoredPassword = password;
    }

    internal void Leave()
    {
        joinsByItself = false;
        RadioOff();
    }

    /// <summary>The radio loses its clock; what it was connected to is lost.</summary>
    internal void RadioOff()
    {
        radio.Set(false);
        Dissociate();
    }

    /// <summary>The radio may go on, and joins again if it was told to.</summary>
    internal void RadioBack()
    {
        if (joinsByItself)
            Join(password, true);
    }

    /// <summary>Asks the time server, and again each hour while the board is on the network.</summary>
    internal void AskTime()
    {
        var attempt = ++asking;
        board.Clock.At(board.Clock.Now + board.Chance.Next(TimeAskedWithinMs) + TimeAnswerMs, Answer);

        void Answer()
        {
            if (attempt != asking || !IsAssociated)
                return;
            if (Sntp)
                board.SetWall(board.Clock.UtcNow + SntpError);
            if (!Sntp || !SntpGoesQuiet)
                board.Clock.At(board.Clock.Now + (Sntp ? TimeAgainMs : TimeRetryMs), Answer);
        }
    }

    /// <summary>Throws as the socket would, when the broker cannot be reached.</summary>
    internal void NeedBroker()
    {
        board.NeedPower();
        Attempts++;
        if (!wifi || !IsAssociated)
            throw new SocketException((int)SocketError.NetworkUnreachable);
        if (!broker)
            throw new SocketException((int)SocketError.ConnectionRefused);
    }

    /// <summary>A packet has left, or is about to be looked at.</summary>
    internal void Passed()
    {
        if (--CutAfterPackets != 0)
            return;
        CutAfterPackets = null;
        board.Cut(null);
        throw new PowerLost();
    }

    internal Hold HoldStill() => board.Clock.HoldStill();

    internal void Add(IConnection connection)
    {
        lock (connections)
            connections.Add(connection);
    }

    internal void Remove(IConnection connection)
    {
        lock (connections)
            connections.Remove(connection);
    }

    internal void PowerGone()
    {
        Leave();
        AccessPoint.PowerGone();
    }

    void Dissociate()
    {
        joining++;
        asking++;
        IsAssociated = false;
        DropConnections();
    }

    /// <inheritdoc cref="IConnection.Settle"/>
    internal void Settle()
    {
        IConnection[] standing;
        lock (connections)
            standing = connections.ToArray();
        foreach (var connection in standing)
            connection.Settle();
    }

    void DropConnections()
    {
        IConnection[] standing;
        lock (connections)
        {
            standing = connections.ToArray();
            connections.Clear();
        }
        foreach (var connection in standing)
            connection.Dispose();
    }
}

using System;
using System.IO;
using System.Text;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>The packets of MQTT 3.1.1 that the client sends (OASIS MQTT 3.1.1, chapter 3).</summary>
static class MqttPackets
{
    public const byte Connack = 2, Publish = 3, Puback = 4, Suback = 9, Unsuback = 11, Pingreq = 12, Pingresp = 13;

    const int LongestTopic = 65_535;

    public static byte[] Connect(
        string clientId, string user, string password, bool willRetain, MqttQoSLevel willQos, bool will, string willTopic, string willMessage, bool clean, ushort keepAlive)
    {
        var body = new MemoryStream();
        Text(body, "MQTT");
        body.WriteByte(4);
        body.WriteByte((byte)((user is null ? 0 : 0x80) | (password is null ? 0 : 0x40) | (will && willRetain ? 0x20 : 0)
            | (will ? (int)willQos << 3 : 0) | (will ? 0x04 : 0) | (clean ? 0x02 : 0)));
        Number(body, keepAlive);
        Text(body, clientId);
        if (will)
        {
            Text(body, willTopic);
            Text(body, willMessage);
        }
        if (user is not null)
            Text(body, user);
        if (password is not null)
            Text(body, password);
        return Packet(0x10, body);
    }

    /// <exception cref="MqttClientException">The topic is none to publish to.</exception>
    public static byte[] PublishTo(string topic, byte[] message, MqttQoSLevel qos, bool retain, bool duplicate, ushort id)
    {
        if (topic.AsSpan().ContainsAny('#', '+'))
            throw new MqttClientException(MqttClientErrorCode.TopicWildcard);
        if (topic.Length is 0 or > LongestTopic)
            throw new MqttClientException(MqttClientErrorCode.TopicLength);
        var body = new MemoryStream(topic.Length + 4 + (message?.Length ?? 0));
        Text(body, topic);
        if (qos != MqttQoSLevel.AtMostOnce)
            Number(body, id);
        body.Write(message ?? []);
        return Packet((byte)(0x30 | (duplicate ? 8 : 0) | (int)qos << 1 | (retain ? 1 : 0)), body);
    }

    public static byte[] Subscribe(string[] topics, MqttQoSLevel[] levels, ushort id)
    {
        var body = new MemoryStream();
        Number(body, id);
        for (var i = 0; i < topics.Length; i++)
        {
            Text(body, topics[i]);
            body.WriteByte((byte)levels[i]);
        }
        return Packet(0x82, body);
    }

    public static byte[] Unsubscribe(string[] topics, ushort id)
    {
        var body = new MemoryStream();
        Number(body, id);
        foreach (var topic in topics)
            Text(body, topic);
        return Packet(0xA2, body);
    }

    public static byte[] Acknowledge(ushort id) => [0x40, 2, (byte)(id >> 8), (byte)id];

    public static byte[] Ping() => [0xC0, 0];

    public static byte[] Disconnect() => [0xE0, 0];

    public static ushort NumberAt(byte[] body, int index) => (ushort)(body[index] << 8 | body[index + 1]);

    static byte[] Packet(byte first, MemoryStream body)
    {
        var packet = new MemoryStream((int)body.Length + 5);
        packet.WriteByte(first);
        var left = (int)body.Length;
        do
        {
            packet.WriteByte((byte)(left % 128 | (left >= 128 ? 128 : 0)));
            left /= 128;
        }
        while (left > 0);
        body.WriteTo(packet);
        return packet.ToArray();
    }

    static void Number(Stream body, ushort value)
    {
        body.WriteByte((byte)(value >> 8));
        body.WriteByte((byte)value);
    }

    static void Text(Stream body, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        Number(body, (ushort)bytes.Length);
        body.Write(bytes);
    }
}

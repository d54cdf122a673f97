using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet.Adapter;

/// <summary>
/// Packets over a channel. What is sent goes into a pipe that one loop empties to the channel, so packets that are sent while a write
/// is under way leave together in the next. Whoever sends more than the network takes waits.
/// </summary>
public sealed class MqttChannelAdapter : IMqttChannelAdapter
{
    const int SmallestRead = 4096;
    const int LargestRead = 65536;

    /// <summary>Unsent bytes from which senders wait.</summary>
    const int HighWater = 65536;

    /// <summary>How long the rest of what was sent may take to leave when a connection is closed.</summary>
    static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    // No threshold: senders wait by HighWater instead, because a pipe's own wait allows only one of them.
    static readonly PipeOptions PipeOptions = new(pauseWriterThreshold: 0, resumeWriterThreshold: 0, minimumSegmentSize: SmallestRead, useSynchronizationContext: false);

    readonly IMqttChannel _channel;
    readonly Pipe _input = new(PipeOptions);
    readonly Pipe _output = new(PipeOptions);
    readonly Lock _sending = new();
    readonly SourceLogger _logger;
    ReadOnlySequence<byte> _received;
    int _nextRead = SmallestRead;
    bool _reading;
    long _bytesIn;
    long _bytesOut;
    int _unsent;
    bool _closed;
    Exception _failure;
    TaskCompletionSource _room;
    Task _writing;

    public MqttChannelAdapter(IMqttChannel channel, MqttPacketFormatterAdapter packetFormatterAdapter, IMqttNetLogger logger)
    {
        _channel = channel ?? throw new ArgumentNullException(nameof(channel));
        PacketFormatterAdapter = packetFormatterAdapter ?? throw new ArgumentNullException(nameof(packetFormatterAdapter));
        ArgumentNullException.ThrowIfNull(logger);
        _logger = new SourceLogger(logger, nameof(MqttChannelAdapter));
    }

    public long BytesReceived => Interlocked.Read(ref _bytesOut);

    public long BytesSent => Interlocked.Read(ref _bytesIn);

    public X509Certificate2 ClientCertificate => _channel.ClientCertificate;

    public EndPoint RemoteEndPoint => _channel.RemoteEndPoint;

    public EndPoint LocalEndPoint => _channel.LocalEndPoint;

    public bool IsSecureConnection => _channel.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; }

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _channel.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (MustWrap(exception))
        {
            throw new MqttCommunicationException(exception);
        }
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Task writing;
        lock (_sending)
        {
            if (!_closed)
                _output.Writer.Complete();
            _closed = true;
            writing = _writing;
        }
        if (writing is not null)
            await Task.WhenAny(writing, Task.Delay(DrainTime, cancellationToken)).ConfigureAwait(false);
        await _channel.DisconnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (_sending)
        {
            if (!_closed)
                _output.Writer.Complete();
            _closed = true;
        }
        _channel.Dispose();
    }

    public Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken) =>
        TryDecode(out var packet) ? Task.FromResult(packet) : FillAndDecode(cancellationToken);

    public void ResetStatistics()
    {
        Interlocked.Exchange(ref _bytesIn, 0);
        Interlocked.Exchange(ref _bytesOut, 0);
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task room;
        lock (_sending)
        {
            if (_closed)
                throw _failure is null
                    ? new MqttCommunicationException("The TCP connection is closed.")
                    : new MqttCommunicationException(_failure);
            var size = PacketFormatterAdapter.Encode(packet, _output.Writer);
            _bytesOut += size;
            _unsent += size;
            var flush = _output.Writer.FlushAsync(CancellationToken.None);
            if (!flush.IsCompleted)
                throw new InvalidOperationException("A pipe without a threshold made its writer wait.");
            _writing ??= WriteLoop();
            if (_unsent < HighWater)
                return Task.CompletedTask;
            room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        return cancellationToken.CanBeCanceled ? room.WaitAsync(cancellationToken) : room;
    }

    async Task WriteLoop()
    {
        Exception failure = null;
        await Task.Yield();
        try
        {
            while (true)
            {
                var result = await _output.Reader.ReadAsync().ConfigureAwait(false);
                if (!result.Buffer.IsEmpty)
                    await _channel.WriteAsync(result.Buffer, true, CancellationToken.None).ConfigureAwait(false);
                var sent = (int)result.Buffer.Length;
                _output.Reader.AdvanceTo(result.Buffer.End);
                TaskCompletionSource room = null;
                lock (_sending)
                {
                    _unsent -= sent;
                    if (_unsent < HighWater)
                        (room, _room) = (_room, null);
                }
                room?.SetResult();
                if (result.IsCompleted)
                    break;
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            _logger.Warning(exception, "Sending failed");
        }
        TaskCompletionSource waiting;
        lock (_sending)
        {
            if (!_closed)
                _output.Writer.Complete();
            _closed = true;
            _failure = failure;
            (waiting, _room) = (_room, null);
        }
        _output.Reader.Complete();
        if (failure is null)
            waiting?.SetResult();
        else
            waiting?.SetException(new MqttCommunicationException(failure));
    }

    async Task<MqttPacket> FillAndDecode(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var memory = _input.Writer.GetMemory(_nextRead);
                if (!MemoryMarshal.TryGetArray<byte>(memory, out var segment))
                    throw new InvalidOperationException("The pool gave no array.");
                var count = Math.Min(segment.Count, _nextRead);
                var read = await _channel.ReadAsync(segment.Array, segment.Offset, count, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return null;
                Interlocked.Add(ref _bytesIn, read);
                _nextRead = read == count ? Math.Min(_nextRead * 2, LargestRead) : SmallestRead;
                _input.Writer.Advance(read);
                await _input.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                if (TryDecode(out var packet))
                    return packet;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        catch (Exception exception) when (MustWrap(exception))
        {
            throw new MqttCommunicationException(exception);
        }
    }

    /// <summary>Takes the next packet from what was received, if it is there as a whole.</summary>
    bool TryDecode(out MqttPacket packet)
    {
        packet = null;
        if (!_reading)
        {
            if (!_input.Reader.TryRead(out var result))
                return false;
            (_received, _reading) = (result.Buffer, true);
        }
        if (TryReadHeader(out var firstByte, out var start, out var length) && _received.Length - start >= length)
        {
            var body = _received.Slice(start, length);
            _received = _received.Slice(body.End);
            packet = Decode(firstByte, body);
            return true;
        }
        _input.Reader.AdvanceTo(_received.Start, _received.End);
        (_received, _reading) = (default, false);
        return false;
    }

    MqttPacket Decode(byte firstByte, ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return PacketFormatterAdapter.Decode(firstByte, body.FirstSpan);
        var length = (int)body.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(joined);
            return PacketFormatterAdapter.Decode(firstByte, joined.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    bool TryReadHeader(out byte firstByte, out int start, out int length)
    {
        var reader = new SequenceReader<byte>(_received);
        (start, length) = (0, 0);
        if (!reader.TryRead(out firstByte))
            return false;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (!reader.TryRead(out var next))
                return false;
            length |= (next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            start = (int)reader.Consumed;
            return true;
        }
        throw new MqttProtocolViolationException("Remaining length is invalid.");
    }

    static bool MustWrap(Exception exception) =>
        exception is not (OperationCanceledException or MqttCommunicationException or MqttProtocolViolationException);
}

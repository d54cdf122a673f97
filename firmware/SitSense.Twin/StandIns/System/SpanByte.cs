namespace System;

/// <summary>nanoFramework's span: a window on a byte array.</summary>
public readonly ref struct SpanByte
{
    readonly byte[] array;
    readonly int start;
    readonly int length;

    public SpanByte(byte[] array)
    {
        this.array = array;
        start = 0;
        length = array?.Length ?? 0;
    }

    /// <exception cref="ArgumentOutOfRangeException">The window is not inside the array.</exception>
    public SpanByte(byte[] array, int start, int length)
    {
        if (array is null)
        {
            if (start != 0 || length != 0)
                throw new ArgumentOutOfRangeException();
        }
        else if (start < 0 || length < 0 || start + length > array.Length)
            throw new ArgumentOutOfRangeException();
        this.array = array;
        this.start = start;
        this.length = length;
    }

    public static SpanByte Empty => new SpanByte();

    public int Length => length;

    public bool IsEmpty => length == 0;

    /// <exception cref="IndexOutOfRangeException">Outside the window.</exception>
    public byte this[int index]
    {
        get => index >= 0 && index < length ? array[start + index] : throw new IndexOutOfRangeException();
        set
        {
            if (index < 0 || index >= length)
                throw new IndexOutOfRangeException();
            array[start + index] = value;
        }
    }

    /// <exception cref="ArgumentException">The destination is shorter.</exception>
    public void CopyTo(SpanByte destination)
    {
        if (destination.length < length)
            throw new ArgumentException();
        Inside().CopyTo(destination.Inside());
    }

    public SpanByte Slice(int start) => Slice(start, length - start);

    /// <exception cref="ArgumentOutOfRangeException">The slice is not inside the window.</exception>
    public SpanByte Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start + length > this.length)
            throw new ArgumentOutOfRangeException();
        return new SpanByte(array, this.start + start, length);
    }

    public byte[] ToArray() => Inside().ToArray();

    public static implicit operator SpanByte(byte[] array) => new SpanByte(array);

    internal Span<byte> Inside() => new Span<byte>(array, start, length);
}

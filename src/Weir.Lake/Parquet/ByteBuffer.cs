using System.Buffers.Binary;

namespace Weir.Lake.Parquet;

/// <summary>Bytes that grow, and whose memory is used again.</summary>
internal sealed class ByteBuffer
{
    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for so many bytes behind those that are there; <see cref="Advance"/> takes of it.</summary>
    public Span<byte> Reserve(int count)
    {
        if (Length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(checked(Length + count), (int)Math.Min(2L * bytes.Length, Array.MaxLength)));
        return bytes.AsSpan(Length, count);
    }

    public void Advance(int count) => Length += count;

    public void Add(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Add(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Reserve(more.Length));
        Length += more.Length;
    }

    public void AddInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), value);
        Length += sizeof(int);
    }

    /// <summary>Puts a number where one was put before.</summary>
    public void SetInt32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);

    /// <summary>An unsigned LEB128 number.</summary>
    public void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Add((byte)(value | 0x80));
        Add((byte)value);
    }
}

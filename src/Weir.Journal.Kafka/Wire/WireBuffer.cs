using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Weir.Journal.Kafka.Wire;

/// <summary>A request of Kafka's protocol while it is written: big-endian, length-prefixed.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public WireWriter(short api, short version, int correlation, bool isFlexible)
    {
        Int32(0); // the length, when it is known
        Int16(api).Int16(version).Int32(correlation).Text("weir");
        if (isFlexible) Tags();
    }

    public WireWriter Byte(byte value)
    {
        bytes.Write([value]);
        return this;
    }

    public WireWriter Int16(short value)
    {
        Span<byte> to = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(to, value);
        bytes.Write(to);
        return this;
    }

    public WireWriter Int32(int value)
    {
        Span<byte> to = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(to, value);
        bytes.Write(to);
        return this;
    }

    public WireWriter Text(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        Int16((short)utf8.Length);
        bytes.Write<byte>(utf8);
        return this;
    }

    public WireWriter Blob(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        bytes.Write(value);
        return this;
    }

    public WireWriter Id(Guid value)
    {
        bytes.Write<byte>(value.ToByteArray(bigEndian: true));
        return this;
    }

    /// <summary>A compact text: its length plus one as a varint.</summary>
    public WireWriter CompactText(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        CompactLength(utf8.Length);
        bytes.Write<byte>(utf8);
        return this;
    }

    public WireWriter CompactLength(int length)
    {
        var rest = (uint)length + 1;
        for (; rest >= 0x80; rest >>= 7) Byte((byte)(rest | 0x80));
        return Byte((byte)rest);
    }

    /// <summary>No tagged fields.</summary>
    public WireWriter Tags() => Byte(0);

    public byte[] ToArray()
    {
        var all = bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(all, all.Length - 4);
        return all;
    }
}

/// <summary>An answer of Kafka's protocol. One that ends too early throws <see cref="InvalidDataException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> answer)
{
    private ReadOnlySpan<byte> rest = answer;

    public byte Byte() => Take(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public Guid Id() => new(Take(16), bigEndian: true);

    public string? Text() => Int16() is var length and >= 0 ? Encoding.UTF8.GetString(Take(length)) : null;

    public ReadOnlySpan<byte> Blob() => Int32() is var length and >= 0 ? Take(length) : default;

    public string? CompactText() => CompactLength() is var length and >= 0 ? Encoding.UTF8.GetString(Take(length)) : null;

    /// <summary>−1: null.</summary>
    public int CompactLength() => (int)VarInt() - 1;

    public void Tags()
    {
        for (var count = VarInt(); count > 0; count--)
        {
            VarInt();
            Take((int)VarInt());
        }
    }

    public void SkipCompactInts() => Take(4 * Math.Max(0, CompactLength()));

    private uint VarInt()
    {
        var (value, shift) = (0u, 0);
        for (var next = Byte(); ; next = Byte())
        {
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
            if ((shift += 7) > 28) throw new InvalidDataException("A number of the broker's answer does not end.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > rest.Length) throw new InvalidDataException("The broker's answer ends too early.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

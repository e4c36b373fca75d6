using System.Buffers.Binary;
using Weir.DuckDb.Native;

namespace Weir.DuckDb.Values;

/// <summary>DuckDB keeps a UUID as a signed 128-bit number whose highest bit is flipped, so that numbers sort as the text does.</summary>
internal static class Uuids
{
    private const ulong HighBit = 1UL << 63;

    public static Guid FromStored(HugeInt stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, stored.Upper ^ HighBit);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], stored.Lower);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>As <c>duckdb_create_uuid</c> takes it: the plain 128 bits; it flips by itself.</summary>
    public static HugeInt ToPlain(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return new HugeInt(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}

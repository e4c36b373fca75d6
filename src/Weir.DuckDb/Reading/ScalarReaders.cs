using Weir.DuckDb.Native;

namespace Weir.DuckDb.Reading;

/// <summary>Values that lie in the vector as .NET has them.</summary>
internal sealed unsafe class PlainReader<T>(string typeName) : VectorReader<T>(typeName)
    where T : unmanaged
{
    public override T Read(long row) => ((T*)Data)[row];
}

/// <summary>Values of fixed size that become another type.</summary>
internal sealed unsafe class MappedReader<TRaw, T>(string typeName, Func<TRaw, T> map) : VectorReader<T>(typeName)
    where TRaw : unmanaged
    where T : notnull
{
    public override T Read(long row) => map(((TRaw*)Data)[row]);
}

/// <summary>Values of any length: 12 bytes lie in the vector, longer ones behind a pointer (<c>duckdb_string_t</c>).</summary>
internal delegate T BytesMap<out T>(ReadOnlySpan<byte> bytes);

internal sealed unsafe class BytesReader<T>(string typeName, BytesMap<T> map) : VectorReader<T>(typeName)
    where T : notnull
{
    private const int EntrySize = 16, MostInlined = 12;

    public override T Read(long row) => map(Bytes(row));

    /// <summary>The value's bytes; valid until the next chunk.</summary>
    public ReadOnlySpan<byte> Bytes(long row)
    {
        var entry = (byte*)Data + (row * EntrySize);
        var length = *(int*)entry;
        return new ReadOnlySpan<byte>(length <= MostInlined ? entry + 4 : *(byte**)(entry + 8), length);
    }
}

/// <summary>An ENUM: a number into its dictionary.</summary>
internal sealed unsafe class EnumReader<TRaw>(string typeName, string[] values, Func<TRaw, int> index) : VectorReader<string>(typeName)
    where TRaw : unmanaged
{
    public override string Read(long row) => values[index(((TRaw*)Data)[row])];
}

/// <summary>The type of a bare NULL.</summary>
internal sealed class NullReader() : VectorReader("NULL", typeof(object))
{
    public override bool IsNull(long row) => true;

    public override object ReadObject(long row) => DBNull.Value;
}

/// <summary>A type that .NET gets no values of.</summary>
internal sealed class UnreadableReader(string typeName) : VectorReader(typeName, typeof(object))
{
    public override object ReadObject(long row) =>
        throw new NotSupportedException($"Values of DuckDB's type {TypeName} cannot be read from .NET. Cast it in SQL, for example cast(x as varchar).");
}

using Weir.DuckDb.Native;

namespace Weir.DuckDb.Reading;

/// <summary>Reads the values of one column out of DuckDB's vectors, in place. Bound anew for every chunk.</summary>
internal abstract unsafe class VectorReader(string typeName, Type valueType)
{
    private ulong* validity;

    /// <summary>The type as DuckDB writes it.</summary>
    public virtual string TypeName { get; } = typeName;

    /// <summary>The .NET type of the values.</summary>
    public Type ValueType { get; } = valueType;

    protected void* Data { get; private set; }

    public void Bind(nint vector)
    {
        Data = NativeMethods.duckdb_vector_get_data(vector);
        validity = NativeMethods.duckdb_vector_get_validity(vector);
        BindChildren(vector);
    }

    // A vector without NULLs has no mask at all.
    public virtual bool IsNull(long row) => validity != null && (validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    public object? ReadOrNull(long row) => IsNull(row) ? null : ReadObject(row);

    /// <exception cref="OverflowException">The value has no counterpart in .NET.</exception>
    public abstract object ReadObject(long row);

    protected virtual void BindChildren(nint vector)
    {
    }
}

/// <summary>Gives values of one .NET type without boxing.</summary>
internal interface ITyped<out T>
{
    T Read(long row);
}

/// <summary>Readers of one .NET type.</summary>
internal abstract class VectorReader<T>(string typeName) : VectorReader(typeName, typeof(T)), ITyped<T>
    where T : notnull
{
    public abstract T Read(long row);

    public override object ReadObject(long row) => Read(row);
}

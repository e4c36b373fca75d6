using System.Data;
using Weir.DuckDb.Reading;
using Weir.DuckDb.Values;

namespace Weir.DuckDb;

public sealed partial class DuckDBDataReader
{
    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Current(ordinal).IsNull(row);

    /// <summary>The value as its column's .NET type, or <see cref="DBNull"/>.</summary>
    /// <exception cref="WeirException">WEIR8004: .NET's type cannot hold the value.</exception>
    public override object GetValue(int ordinal)
    {
        try
        {
            return Current(ordinal).ReadOrNull(row) ?? DBNull.Value;
        }
        catch (OverflowException exception)
        {
            throw Unfit(ordinal, columns[ordinal].Reader.ValueType, exception);
        }
    }

    /// <summary>The value as the type asked for: that of the column, or one that a lossless conversion gives (any number type that holds the value;
    /// <c>T[]</c> or <c>List&lt;T&gt;</c> of a list). For a NULL, a nullable value type gives null.</summary>
    /// <exception cref="InvalidCastException">There is no such conversion, or the value is NULL.</exception>
    /// <exception cref="WeirException">WEIR8004: the type cannot hold the value.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        var reader = Current(ordinal);
        if (reader.IsNull(row))
            return default(T) is null && typeof(T).IsValueType ? default!
                : typeof(T) == typeof(object) || typeof(T) == typeof(DBNull) ? (T)(object)DBNull.Value
                : throw new InvalidCastException($"Column {columns[ordinal].Name} is NULL in this row. Ask IsDBNull first, or read it with GetOrDefault<{typeof(T).Name}>.");
        try
        {
            return reader is ITyped<T> typed ? typed.Read(row) : (T)ValueConversion.To(reader.ReadObject(row), typeof(T));
        }
        catch (OverflowException exception)
        {
            throw Unfit(ordinal, typeof(T), exception);
        }
        catch (InvalidCastException exception)
        {
            throw new InvalidCastException(
                $"Column {columns[ordinal].Name} is {reader.TypeName}, which .NET reads as {reader.ValueType.Name}; {typeof(T).Name} was asked for. Cast it in SQL, or ask for another type.", exception);
        }
    }

    /// <summary>As <see cref="GetFieldValue{T}"/>, with the default of <typeparamref name="T"/> for NULL.</summary>
    public T? GetOrDefault<T>(int ordinal) => IsDBNull(ordinal) ? default : GetFieldValue<T>(ordinal);

    /// <summary>As <see cref="GetFieldValue{T}"/>, by the column's name.</summary>
    public T GetFieldValue<T>(string name) => GetFieldValue<T>(GetOrdinal(name));

    /// <summary>As <see cref="GetOrDefault{T}(int)"/>, by the column's name.</summary>
    public T? GetOrDefault<T>(string name) => GetOrDefault<T>(GetOrdinal(name));

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, columns.Length);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(GetFieldValue<byte[]>(ordinal), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    private static long Copy<T>(T[] value, long from, T[]? buffer, int to, int length)
    {
        if (buffer is null)
            return value.Length;
        var count = Math.Clamp(value.Length - from, 0, Math.Min(length, buffer.Length - to));
        Array.Copy(value, from, buffer, to, count);
        return count;
    }

    private VectorReader Current(int ordinal)
    {
        if (row < 0 || row >= rowsInChunk || result!.IsClosed)
            throw new InvalidOperationException(closed || result is { IsClosed: true } ? "The reader is closed." : "There is no row here: call Read(), and read while it says true.");
        return columns[ordinal].Reader;
    }

    private WeirException Unfit(int ordinal, Type asked, OverflowException exception) => new("WEIR8004",
        $"Column {columns[ordinal].Name} ({columns[ordinal].Reader.TypeName}) has a value that .NET's {asked.Name} cannot hold: {exception.Message}. " +
        "Cast it in SQL, for example cast(x as varchar), or read it as another type.", exception);
}

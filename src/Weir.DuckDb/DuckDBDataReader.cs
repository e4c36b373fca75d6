using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Weir.DuckDb.Statements;

namespace Weir.DuckDb;

/// <summary>
/// Reads a result's rows, chunk by chunk. .NET types: BOOLEAN bool; integers as their size, HUGEINT <see cref="Int128"/>, BIGNUM BigInteger; FLOAT, DOUBLE; DECIMAL decimal;
/// VARCHAR, JSON, ENUM, BIT string; BLOB byte[]; UUID Guid; DATE DateOnly; TIME TimeOnly; TIMESTAMP (all units) DateTime, Unspecified; TIMESTAMPTZ DateTime, UTC;
/// INTERVAL <see cref="DuckDBInterval"/>; LIST and ARRAY List&lt;object?&gt;; STRUCT Dictionary&lt;string, object?&gt;; MAP Dictionary&lt;object, object?&gt;.
/// </summary>
public sealed partial class DuckDBDataReader : DbDataReader
{
    private readonly DuckDBCommand command;
    private readonly CommandRun run;
    private readonly CommandBehavior behavior;
    private readonly bool ownsCommand;
    private QueryResult? result;
    private Column[] columns = [];
    private long row = -1, rowsInChunk, changed;
    private bool hasRows, closed;

    internal DuckDBDataReader(DuckDBCommand command, CommandRun run, CommandBehavior behavior, bool ownsCommand)
    {
        (this.command, this.run, this.behavior, this.ownsCommand) = (command, run, behavior, ownsCommand);
        Advance();
    }

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => columns.Length;

    /// <inheritdoc/>
    public override bool HasRows => hasRows;

    /// <inheritdoc/>
    public override bool IsClosed => closed;

    /// <summary>Rows changed by the statements run so far; -1 when none was to change any.</summary>
    public override int RecordsAffected => changed == 0 && columns.Length > 0 ? -1 : (int)Math.Min(changed, int.MaxValue);

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    /// <exception cref="DuckDBException">In streaming mode the query may fail here.</exception>
    public override bool Read()
    {
        if (closed)
            throw new InvalidOperationException("The reader is closed.");
        if (result is null || rowsInChunk == 0)
            return false;
        if (++row < rowsInChunk)
            return true;
        return FetchChunk() && ++row == 0;
    }

    /// <summary>Goes on to the next statement that gives rows.</summary>
    public override bool NextResult() => closed ? throw new InvalidOperationException("The reader is closed.") : Advance();

    /// <inheritdoc/>
    public override void Close()
    {
        if (closed)
            return;
        closed = true;
        result?.Dispose();
        run.Dispose();
        if (behavior.HasFlag(CommandBehavior.CloseConnection))
            command.Connection?.Close();
        if (ownsCommand)
            command.Dispose();
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    public override string GetName(int ordinal) => columns[ordinal].Name;

    /// <summary>The column of that name; letters count as they are, else whatever their case.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public override int GetOrdinal(string name)
    {
        var ordinal = Array.FindIndex(columns, c => c.Name == name);
        if (ordinal < 0)
            ordinal = Array.FindIndex(columns, c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        return ordinal >= 0 ? ordinal
            : throw new ArgumentException($"The result has no column {name}. It has: {string.Join(", ", columns.Select(c => c.Name))}.", nameof(name));
    }

    /// <summary>The column's type as DuckDB writes it, for example <c>DECIMAL(18,4)</c> or <c>VARCHAR[]</c>.</summary>
    public override string GetDataTypeName(int ordinal) => columns[ordinal].Reader.TypeName;

    /// <inheritdoc/>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => columns[ordinal].Reader.ValueType;

    // The first result that has rows; a text without any leaves the reader empty.
    private bool Advance()
    {
        result?.Dispose();
        (result, columns, row, rowsInChunk, hasRows) = (null, [], -1, 0, false);
        try
        {
            while (run.Next() is { } next)
            {
                changed += next.RowsChanged;
                if (!next.HasRows)
                {
                    next.Dispose();
                    continue;
                }
                (result, columns) = (next, next.Columns);
                hasRows = FetchChunk();
                return true;
            }
            return false;
        }
        catch
        {
            result?.Dispose();
            throw;
        }
    }

    // DuckDB may give chunks without rows in between; only no chunk is the end.
    private bool FetchChunk()
    {
        row = -1;
        rowsInChunk = result!.FetchChunk();
        return rowsInChunk > 0;
    }
}

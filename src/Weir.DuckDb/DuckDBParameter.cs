using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Weir.DuckDb;

/// <summary>A value for a parameter, by position (no name) or by name. Its DuckDB type is that of the .NET value.</summary>
public sealed class DuckDBParameter : DbParameter
{
    /// <summary>A parameter without name and value.</summary>
    public DuckDBParameter()
    {
    }

    /// <summary>A positional parameter.</summary>
    public DuckDBParameter(object? value) => Value = value;

    /// <summary>A named parameter; the leading <c>$</c> may be left out.</summary>
    public DuckDBParameter(string name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName { get; set => field = value ?? ""; } = "";

    /// <summary>Kept, and not used: the type is that of the value.</summary>
    public override DbType DbType { get; set; }

    /// <inheritdoc/>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException($"DuckDB has input parameters only, and {value} was asked for. Return values as a result instead.");
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; } = true;

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn { get; set => field = value ?? ""; } = "";

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    internal string BareName => ParameterName.TrimStart('$', '@', ':');

    /// <inheritdoc/>
    public override void ResetDbType() => DbType = DbType.AnsiString;
}

using System.Globalization;

namespace Weir.Lake.Parquet;

/// <summary>How a column of the lake is a column of a Parquet file (apache/parquet-format, LogicalTypes.md): optional, and just as DuckDB's COPY has it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Precision">Of decimals: digits.</param>
/// <param name="Scale">Of decimals: digits behind the point.</param>
internal sealed record ParquetType(string Name, ParquetKind Kind, int Precision = 0, int Scale = 0)
{
    private const int Int32 = 1, Int64 = 2, ByteArray = 6;

    /// <summary>Null: this writer has no such type.</summary>
    public static ParquetType? Of(LakeColumn column)
    {
        if (column.SqlType.StartsWith("DECIMAL(", StringComparison.Ordinal))
        {
            var parts = column.SqlType["DECIMAL(".Length..^1].Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            return parts[0] is > 9 and <= 18 ? new(column.Name, ParquetKind.Decimal, parts[0], parts[1]) : null;
        }
        return column.SqlType switch
        {
            "VARCHAR" => new(column.Name, ParquetKind.Text),
            "INTEGER" => new(column.Name, ParquetKind.Integer),
            "BIGINT" => new(column.Name, ParquetKind.BigInteger),
            "TIMESTAMP WITH TIME ZONE" => new(column.Name, ParquetKind.Time),
            _ => null,
        };
    }

    /// <summary>The physical type's number.</summary>
    public int Physical => Kind switch { ParquetKind.Text => ByteArray, ParquetKind.Integer => Int32, _ => Int64 };

    public ColumnWriter CreateWriter() => Kind switch
    {
        ParquetKind.Text => new TextWriter(this),
        ParquetKind.Integer => new NumberWriter<int>(this),
        _ => new NumberWriter<long>(this),
    };

    /// <summary>Its SchemaElement.</summary>
    public void Write(Thrift to)
    {
        to.Begin();
        to.Int(1, Physical);
        to.Int(3, 1); // optional
        to.Text(4, Name);
        to.Int(6, Kind switch { ParquetKind.Text => 0, ParquetKind.Decimal => 5, ParquetKind.Time => 10, ParquetKind.Integer => 17, _ => 18 });
        if (Kind == ParquetKind.Decimal)
        {
            to.Int(7, Scale);
            to.Int(8, Precision);
        }
        to.Begin(10);
        WriteLogical(to);
        to.End();
        to.End();
    }

    private void WriteLogical(Thrift to)
    {
        switch (Kind)
        {
            case ParquetKind.Text:
                to.Choice(1);
                break;
            case ParquetKind.Decimal:
                to.Begin(5);
                to.Int(1, Scale);
                to.Int(2, Precision);
                to.End();
                break;
            case ParquetKind.Time:
                to.Begin(8);
                to.Bool(1, true); // UTC
                to.Begin(2);
                to.Choice(2); // microseconds
                to.End();
                to.End();
                break;
            default:
                to.Begin(10);
                to.Byte(1, Kind == ParquetKind.Integer ? (byte)32 : (byte)64);
                to.Bool(2, true); // signed
                to.End();
                break;
        }
    }
}

/// <summary>The types of columns that are written.</summary>
internal enum ParquetKind
{
    Text, Integer, BigInteger, Decimal, Time,
}

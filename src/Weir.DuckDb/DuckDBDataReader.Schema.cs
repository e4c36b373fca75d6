using System.Data;
using System.Data.Common;

namespace Weir.DuckDb;

public sealed partial class DuckDBDataReader
{
    /// <summary>The columns as ADO.NET describes them, for <see cref="DataTable.Load(IDataReader)"/> and its like.</summary>
    public override DataTable GetSchemaTable()
    {
        var table = new DataTable("SchemaTable");
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add("DataTypeName", typeof(string));
        for (var i = 0; i < columns.Length; i++)
            table.Rows.Add(columns[i].Name, i, -1, columns[i].Reader.ValueType, true, columns[i].Reader.TypeName);
        return table;
    }
}

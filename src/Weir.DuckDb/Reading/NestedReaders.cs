using Weir.DuckDb.Native;

namespace Weir.DuckDb.Reading;

/// <summary>LIST and ARRAY: their elements lie one after the other in a child vector.</summary>
internal abstract class SequenceReader(VectorReader element) : VectorReader<List<object?>>("LIST")
{
    protected VectorReader Element { get; } = element;

    protected List<object?> Slice(long from, long count)
    {
        var list = new List<object?>((int)count);
        for (var i = from; i < from + count; i++)
            list.Add(Element.ReadOrNull(i));
        return list;
    }
}

internal sealed unsafe class ListReader(VectorReader element) : SequenceReader(element)
{
    public override string TypeName => $"{Element.TypeName}[]";

    public override List<object?> Read(long row)
    {
        var entry = ((ListEntry*)Data)[row];
        return Slice((long)entry.Offset, (long)entry.Length);
    }

    protected override void BindChildren(nint vector) => Element.Bind(NativeMethods.duckdb_list_vector_get_child(vector));
}

internal sealed class ArrayReader(VectorReader element, long size) : SequenceReader(element)
{
    public override string TypeName => $"{Element.TypeName}[{size}]";

    public override List<object?> Read(long row) => Slice(row * size, size);

    protected override void BindChildren(nint vector) => Element.Bind(NativeMethods.duckdb_array_vector_get_child(vector));
}

internal sealed class StructReader(string[] names, VectorReader[] fields) : VectorReader<Dictionary<string, object?>>("STRUCT")
{
    public override string TypeName => $"STRUCT({TypeText.Members(names, fields)})";

    public override Dictionary<string, object?> Read(long row)
    {
        var value = new Dictionary<string, object?>(names.Length);
        for (var i = 0; i < names.Length; i++)
            value[names[i]] = fields[i].ReadOrNull(row);
        return value;
    }

    protected override void BindChildren(nint vector)
    {
        for (var i = 0; i < fields.Length; i++)
            fields[i].Bind(NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)i));
    }
}

/// <summary>MAP: a list of key and value. Keys are never NULL.</summary>
internal sealed unsafe class MapReader(VectorReader key, VectorReader value) : VectorReader<Dictionary<object, object?>>("MAP")
{
    public override string TypeName => $"MAP({key.TypeName}, {value.TypeName})";

    public override Dictionary<object, object?> Read(long row)
    {
        var entry = ((ListEntry*)Data)[row];
        var map = new Dictionary<object, object?>((int)entry.Length);
        for (var i = (long)entry.Offset; i < (long)(entry.Offset + entry.Length); i++)
            map[key.ReadObject(i)] = value.ReadOrNull(i);
        return map;
    }

    protected override void BindChildren(nint vector)
    {
        var entries = NativeMethods.duckdb_list_vector_get_child(vector);
        key.Bind(NativeMethods.duckdb_struct_vector_get_child(entries, 0));
        value.Bind(NativeMethods.duckdb_struct_vector_get_child(entries, 1));
    }
}

/// <summary>UNION: a struct of a tag and one field per member; the value is that of the tagged member.</summary>
internal sealed unsafe class UnionReader(string[] names, VectorReader[] members) : VectorReader("UNION", typeof(object))
{
    private byte* tags;

    public override string TypeName => $"UNION({TypeText.Members(names, members)})";

    // A union of a NULL member is a value whose member is NULL; to a reader both are NULL.
    public override bool IsNull(long row) => base.IsNull(row) || members[tags[row]].IsNull(row);

    public override object ReadObject(long row) => members[tags[row]].ReadObject(row);

    protected override void BindChildren(nint vector)
    {
        tags = (byte*)NativeMethods.duckdb_vector_get_data(NativeMethods.duckdb_struct_vector_get_child(vector, 0));
        for (var i = 0; i < members.Length; i++)
            members[i].Bind(NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)i + 1));
    }
}

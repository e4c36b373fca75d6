using System.Text;

namespace Weir.Lake.Parquet;

/// <summary>Thrift's compact protocol, as far as Parquet's metadata needs it.</summary>
internal sealed class Thrift(ByteBuffer to)
{
    private const byte True = 1, False = 2, I8 = 3, I32 = 5, I64 = 6, Binary = 8, List = 9, Struct = 12;
    private readonly Stack<int> outer = new();
    private int last;

    /// <summary>Fields of a struct that is the whole message, or an element of a list.</summary>
    public void Begin()
    {
        outer.Push(last);
        last = 0;
    }

    /// <summary>A struct that is a field.</summary>
    public void Begin(int field)
    {
        Field(field, Struct);
        Begin();
    }

    public void End()
    {
        to.Add(0);
        last = outer.Pop();
    }

    /// <summary>An empty struct that is a field: the choice of a union.</summary>
    public void Choice(int field)
    {
        Begin(field);
        End();
    }

    public void Bool(int field, bool value) => Field(field, value ? True : False);

    public void Byte(int field, byte value)
    {
        Field(field, I8);
        to.Add(value);
    }

    public void Int(int field, int value)
    {
        Field(field, I32);
        Number(value);
    }

    public void Long(int field, long value)
    {
        Field(field, I64);
        Number(value);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Field(field, Binary);
        Bytes(value);
    }

    public void Ints(int field, params ReadOnlySpan<int> values)
    {
        BeginList(field, I32, values.Length);
        foreach (var value in values) Number(value);
    }

    public void Texts(int field, params ReadOnlySpan<string> values)
    {
        BeginList(field, Binary, values.Length);
        foreach (var value in values) Bytes(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A list of structs, each between <see cref="Begin()"/> and <see cref="End"/>.</summary>
    public void Structs(int field, int count) => BeginList(field, Struct, count);

    private void BeginList(int field, byte type, int count)
    {
        Field(field, List);
        if (count < 15) to.Add((byte)(count << 4 | type));
        else
        {
            to.Add((byte)(0xF0 | type));
            to.AddVarint((ulong)count);
        }
    }

    private void Field(int field, byte type)
    {
        to.Add((byte)((field - last) << 4 | type)); // fields are written in order, never 15 apart
        last = field;
    }

    private void Bytes(ReadOnlySpan<byte> value)
    {
        to.AddVarint((ulong)value.Length);
        to.Add(value);
    }

    private void Number(long value) => to.AddVarint((ulong)(value << 1 ^ value >> 63));
}

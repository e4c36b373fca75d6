using System.Runtime.InteropServices;
using System.Text;
using Weir.DuckDb;
using Weir.Lake.Parquet;

namespace Weir.Tests.Lake.Parquet;

public sealed unsafe class TextDictionaryTests : IDisposable
{
    private readonly TextDictionary dictionary = new();
    private readonly List<nint> memory = [];

    public void Dispose()
    {
        foreach (var at in memory) NativeMemory.Free((void*)at);
        dictionary.Dispose();
    }

    [Fact]
    public void Numbers_texts_as_they_come_and_begins_anew_after_it_was_cleared()
    {
        string[] texts = ["", "a", "a", "a text of more than twelve bytes", "b", "a text of more than twelve bytes", "b", ""];
        texts.Select(NumberOf).ShouldBe([0, 1, 1, 2, 3, 2, 3, 0]);
        dictionary.Clear();
        NumberOf("").ShouldBe(0); // the last one before
        NumberOf("a text of more than twelve bytes").ShouldBe(1);
        dictionary.Clear();
        NumberOf("a text of more than twelve bytes").ShouldBe(0);
        dictionary.Count.ShouldBe(1);
    }

    private int NumberOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 16);
        memory.Add((nint)at);
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        var cell = TextCell.At(at, bytes.Length);
        return dictionary.NumberOf(&cell);
    }
}

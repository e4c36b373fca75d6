using System.Text;

namespace Weir.Land.Fast.Contracts;

/// <summary>A text of a contract as UTF-8, in memory that does not move while this lives.</summary>
internal sealed class Utf8Name
{
    private readonly byte[] pinned;

    public Utf8Name(ReadOnlySpan<byte> utf8)
    {
        pinned = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(pinned);
    }

    public Utf8Name(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public ReadOnlySpan<byte> Bytes => pinned;

    public static Utf8Name[] Of(IEnumerable<string> names) => [.. names.Select(n => new Utf8Name(n))];
}

using System.Text;
using Weir.Identifiers;

namespace Weir.Land.Fast.Reading;

/// <summary>What is made of texts that come again and again: event names, user agents, names of members. Beyond so many it is made anew. For one thread.</summary>
/// <param name="make">Makes it.</param>
internal sealed class KnownTexts<T>(Func<string, T> make)
{
    private const int Most = 4096;
    private readonly (byte[] Utf8, T Made)[] table = new (byte[], T)[2 * Most];
    private int count;

    public T Of(ReadOnlySpan<byte> utf8)
    {
        var at = TextHash.Of(utf8) & (uint)(table.Length - 1);
        for (; table[at].Utf8 is { } known; at = (at + 1) & (uint)(table.Length - 1))
            if (utf8.SequenceEqual(known)) return table[at].Made;
        var made = make(Encoding.UTF8.GetString(utf8));
        if (count < Most)
        {
            count++;
            table[at] = (utf8.ToArray(), made);
        }
        return made;
    }
}

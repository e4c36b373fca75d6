using System.Text;
using Weir.Identifiers;

namespace Weir.Land.Fast.Reading;

/// <summary>Strings of texts that come again and again: event names, user agents. Beyond so many it makes them anew. For one thread.</summary>
internal sealed class KnownTexts
{
    private const int Most = 4096;
    private readonly (byte[] Utf8, string Text)[] table = new (byte[], string)[2 * Most];
    private int count;

    public string Of(ReadOnlySpan<byte> utf8)
    {
        var at = TextHash.Of(utf8) & (uint)(table.Length - 1);
        for (; table[at].Utf8 is { } known; at = (at + 1) & (uint)(table.Length - 1))
            if (utf8.SequenceEqual(known)) return table[at].Text;
        var text = Encoding.UTF8.GetString(utf8);
        if (count < Most)
        {
            count++;
            table[at] = (utf8.ToArray(), text);
        }
        return text;
    }
}

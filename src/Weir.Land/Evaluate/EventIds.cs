using System.Text;
using Weir.Identifiers;

namespace Weir.Land.Evaluate;

/// <summary>
/// Every event's id as a UUID: the client's own, or a name-based one (UUIDv5 in Weir's name space). The names below are part of the format: changing one would
/// make known events new.
/// </summary>
internal static class EventIds
{
    /// <summary>A client's id: UUID text (8-4-4-4-12, either case) as it is, any other by source and id: <c>id/&lt;source&gt;/&lt;id&gt;</c>.</summary>
    public static Guid FromClient(string source, string id) =>
        IsUuidText(id) ? Guid.ParseExact(id, "D") : UuidV5.Create(UuidV5.Weir, $"id/{source}/{id}");

    /// <summary>A composite key: <c>key/&lt;source&gt;</c>, then for each value <c>/&lt;length in UTF-16 units&gt;:&lt;value&gt;</c>, so that no two keys give one name.</summary>
    public static Guid FromKey(string source, IEnumerable<string> values)
    {
        var name = new StringBuilder("key/").Append(source);
        foreach (var value in values) name.Append('/').Append(value.Length).Append(':').Append(value);
        return UuidV5.Create(UuidV5.Weir, name.ToString());
    }

    /// <summary>An event without an id: its place, which it shares with no other: <c>position/&lt;stream&gt;/&lt;ordinal&gt;</c>.</summary>
    public static Guid FromPosition(string stream, long ordinal) => UuidV5.Create(UuidV5.Weir, $"position/{stream}/{ordinal}");

    // Guid.TryParseExact alone also takes white space, signs and 0x.
    private static bool IsUuidText(string text)
    {
        if (text.Length != 36) return false;
        for (var i = 0; i < 36; i++)
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i])) return false;
        return true;
    }
}

using Weir.Land.Fast.Contracts;
using Weir.Land.Fast.Reading;
using Weir.Land.Privacy;
using Weir.Sources;

namespace Weir.Land.Fast.Masking;

/// <summary>Looks for what is personal in JSON text that was checked. It may see something where nothing is, never the other way round. For one thread.</summary>
internal sealed unsafe class PayloadSearch(PersonalData personal, FoundSecrets secrets, TextSearch texts, KnownTexts<NameMeaning> names)
{
    private byte* end;
    private bool isPlain;

    /// <summary>Whether there is surely nothing in it that would be replaced or left out.</summary>
    public bool IsClean(ReadOnlySpan<byte> json, Place place)
    {
        if (secrets.HasPart(json)) return false;
        isPlain = json.IndexOfAny((byte)'@', (byte)'%', (byte)'?') < 0 && json.IndexOf("\\u"u8) < 0;
        fixed (byte* start = json)
        {
            end = start + json.Length;
            var at = JsonWalk.Skip(start, end);
            return IsClean(ref at, place);
        }
    }

    private bool IsClean(ref byte* at, Place place)
    {
        if (personal.Touches(place.Kind)) return false;
        switch (*at)
        {
            case (byte)'{': return IsCleanObject(ref at, place);
            case (byte)'[': return IsCleanArray(ref at, place);
            case (byte)'"':
                var close = JsonWalk.StringEnd(at + 1, end, out var isEscaped);
                var text = new ReadOnlySpan<byte>(at + 1, (int)(close - at - 1));
                at = close + 1;
                return place.Kind == PersonalKind.None || IsCleanText(text, isEscaped, place.Kind is null);
            default:
                var from = at;
                at = JsonWalk.ValueEnd(at, end);
                return !secrets.HasWholes || !secrets.IsWhole(new ReadOnlySpan<byte>(from, (int)(at - from)));
        }
    }

    private bool IsCleanObject(ref byte* at, Place place)
    {
        for (at = JsonWalk.Skip(at + 1, end); *at != '}'; at = JsonWalk.Skip(at, end))
        {
            if (*at == ',') at = JsonWalk.Skip(at + 1, end);
            var close = JsonWalk.StringEnd(at + 1, end, out var isEscaped);
            var name = new ReadOnlySpan<byte>(at + 1, (int)(close - at - 1));
            if (!IsCleanText(name, isEscaped, isUnknown: false) || isEscaped) return false;
            at = JsonWalk.Skip(JsonWalk.Skip(close + 1, end) + 1, end); // behind the colon
            if (!IsClean(ref at, place.Member(names.Of(name)))) return false;
        }
        at++;
        return true;
    }

    private bool IsCleanArray(ref byte* at, Place place)
    {
        var element = place.Element();
        for (at = JsonWalk.Skip(at + 1, end); *at != ']'; at = JsonWalk.Skip(at, end))
        {
            if (*at == ',') at = JsonWalk.Skip(at + 1, end);
            if (!IsClean(ref at, element)) return false;
        }
        at++;
        return true;
    }

    private bool IsCleanText(ReadOnlySpan<byte> text, bool isEscaped, bool isUnknown)
    {
        if (isPlain) return !secrets.HasWholes || !secrets.IsWhole(text);
        // An escaped character may be any: a sign that is looked for, or one less in a parameter's name.
        return !(isEscaped && (text.IndexOf("\\u"u8) >= 0 || text.Contains((byte)'?'))) && texts.IsClean(text, isUnknown);
    }
}

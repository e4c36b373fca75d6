using System.Text.Json;
using System.Text.Unicode;
using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>
/// Whether bytes are one JSON text as Weir takes it: RFC 8259 to the letter, UTF-8 without unpaired surrogates, no member name twice in an object, no NUL,
/// not too deep. Of several faults the first in reading order counts. One instance serves one thread.
/// </summary>
internal sealed class JsonCheck(int maxDepth)
{
    private static readonly JsonReaderOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false, MaxDepth = int.MaxValue };
    private readonly List<Level> levels = [];

    /// <summary>The first fault; null if there is none.</summary>
    public Fault? Find(ReadOnlySpan<byte> text)
    {
        if (FindInBytes(text) is { } fault) return fault;
        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0) return new Fault(QuarantineReasons.Empty, "nothing but white space");
        var reader = new Utf8JsonReader(text, Strict);
        try
        {
            return FindInTokens(ref reader);
        }
        catch (JsonException e)
        {
            return new Fault(QuarantineReasons.InvalidJson, $"line {e.LineNumber + 1} of the event, byte {e.BytePositionInLine}: not JSON (RFC 8259)");
        }
    }

    /// <summary>What is wrong before anything is parsed: bytes that are not UTF-8, NUL bytes.</summary>
    public static Fault? FindInBytes(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return new Fault(QuarantineReasons.InvalidUtf8, "bytes that are not UTF-8");
        var nul = text.IndexOf((byte)0);
        return nul < 0 ? null : new Fault(QuarantineReasons.NulCharacter, $"a NUL byte at byte {nul}");
    }

    private Fault? FindInTokens(ref Utf8JsonReader reader)
    {
        var depth = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    if (++depth > maxDepth) return new Fault(QuarantineReasons.TooDeep, $"nested deeper than {maxDepth} levels");
                    if (levels.Count < depth) levels.Add(new Level());
                    levels[depth - 1].Begin(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    if (FindInEscapes(ref reader, depth) is { } inName) return inName;
                    if (!levels[depth - 1].Enter(reader.GetString()!))
                        return new Fault(QuarantineReasons.DuplicateMember, $"{PathTo(depth)}: the same name twice in one object");
                    break;
                case JsonTokenType.String:
                    if (FindInEscapes(ref reader, depth) is { } inValue) return inValue;
                    break;
            }
        }
        return null;
    }

    private Fault? FindInEscapes(ref Utf8JsonReader reader, int depth) => !reader.ValueIsEscaped ? null : JsonEscapes.Find(reader.ValueSpan) switch
    {
        JsonEscapes.Finding.Nul => new Fault(QuarantineReasons.NulCharacter, $"{PathTo(depth)}: an escaped NUL"),
        JsonEscapes.Finding.UnpairedSurrogate => new Fault(QuarantineReasons.InvalidUtf8, $"{PathTo(depth)}: an escaped surrogate without its pair"),
        _ => null,
    };

    private string PathTo(int depth)
    {
        var path = "$";
        for (var i = 0; i < depth; i++) path = levels[i].IsArray ? $"{path}[]" : levels[i].Current is { } name ? JsonPath.Member(path, name) : path;
        return path;
    }

    /// <summary>The names seen in an open object.</summary>
    private sealed class Level
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        public bool IsArray { get; private set; }

        public string? Current { get; private set; }

        public void Begin(bool isArray)
        {
            names.Clear();
            (IsArray, Current) = (isArray, null);
        }

        public bool Enter(string name)
        {
            Current = name;
            return names.Add(name);
        }
    }
}

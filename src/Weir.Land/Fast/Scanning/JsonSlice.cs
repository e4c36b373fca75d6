using System.Text.Json;

namespace Weir.Land.Fast.Scanning;

/// <summary>A value's place in the text; a string's quotes belong to it.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Kind">What it is; <see cref="JsonTokenType.None"/>: there is none.</param>
/// <param name="IsEscaped">Whether it is a string with a <c>\</c> in it.</param>
internal readonly record struct JsonSlice(int Start, int Length, JsonTokenType Kind, bool IsEscaped = false)
{
    public bool IsAbsent => Kind is JsonTokenType.None or JsonTokenType.Null;
}

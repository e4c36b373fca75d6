using System.Text.Json;

namespace Weir.Land.Contracts;

/// <summary>How contracts read JSON: however deep an event or a file may be, other limits come first.</summary>
internal static class DeepJson
{
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 1000 };
}
